// SPDX-License-Identifier: GPL-2.0-only
// Scenarios that are compiled when they are asked for: files as users write them, and stockcheck's
// own.
#include "tests/cli/command_line.hpp"

#include <doctest/doctest.h>

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>

using namespace stockcheck::tests;

namespace {

namespace fs = std::filesystem;

/// A directory for a user's files, with a cache of its own.
class desk {
 public:
  desk() {
    fs::create_directories(path_);
    ::setenv("XDG_CACHE_HOME", (path_ / "cache").c_str(), 1);
  }
  desk(const desk&) = delete;
  desk& operator=(const desk&) = delete;
  ~desk() { fs::remove_all(path_); }

  [[nodiscard]] std::string write(const std::string& name, const std::string& text) const {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name) << text;
    return (path_ / name).string();
  }
  [[nodiscard]] std::size_t nr_kept() const {
    std::size_t n = 0;
    for (const auto& file : fs::recursive_directory_iterator(path_ / "cache"))
      if (file.path().extension() == ".so") ++n;
    return n;
  }

 private:
  fs::path path_ = fs::temp_directory_path() / ("stockcheck_desk_" + std::to_string(::getpid()));
};

/// A file with one scenario. `body` is what is in the class besides its info.
std::string file_of(const std::string& body, const std::string& name = "idea/two_charges") {
  return "#include \"checks/base/counter_scenario.hpp\"\n"
         "using namespace stockcheck::checks;\n"
         "template <class S>\n"
         "struct two_charges : counter_scenario<S> {\n"
         "  static constexpr scenario_info info{.name = \"" +
         name +
         "\", .summary = \"Two tasks charge.\",\n"
         "    .task_list = {{{\"charge 1\"}, {\"charge 1\", {.cpu = 1}}}}};\n" +
         body +
         "};\n"
         "using scenarios = scenario_list<two_charges>;\n";
}

const std::string right =
    "  counter_group<S> root{*this, \"root\"};\n"
    "  void task(unsigned) { root.try_charge(1); }\n";
const std::string wrong =
    right +
    "  void check() override {\n"
    "    S::atomics::expect(root.held() < 2, oracle::scenario, \"both charged\", {});\n"
    "  }\n";

}  // namespace

TEST_CASE("a file of scenarios is listed, and runs under every checker") {
  const desk mine;
  const std::string file = mine.write("two words/idea.hpp", file_of(right));
  const outcome listed = run("list --tasks '" + file + "'");
  CHECK(listed.exit_code == 0);
  CHECK(contains(listed.text, "idea/two_charges"));
  CHECK(contains(listed.text, "task 1 on cpu 1: charge 1"));
  CHECK_FALSE(contains(listed.text, "page_counter/"));

  const outcome checked = run("check '" + file + "' --checker all");
  CAPTURE(checked.text);
  CHECK(checked.exit_code == 0);
  CHECK(contains(checked.text, "3 runs: 3 passed"));
  CHECK(mine.nr_kept() == 3);
  CHECK(run("check '" + file + "' --checker all").exit_code == 0);
  CHECK(mine.nr_kept() == 3);

  const outcome both = run("check '" + file + "' idea page_counter/last_page");
  CHECK(contains(both.text, "idea/two_charges"));
  CHECK(contains(both.text, "page_counter/last_page"));
  CHECK(contains(both.text, "2 runs: 2 passed"));
}

TEST_CASE("what is found in a file of scenarios names it, and can be found again") {
  const desk mine;
  const std::string file = mine.write("idea.hpp", file_of(wrong));
  for (const std::string checker : {"explore", "relacy", "threads"}) {
    CAPTURE(checker);
    const outcome found = run("check " + file + " --checker " + checker);
    CAPTURE(found.text);
    CHECK(found.exit_code == 1);
    CHECK(contains(found.text, "both charged"));
    CHECK(contains(found.text, "at idea.hpp:"));
    const std::string again = "again: stockcheck check " + file + " 'idea/two_charges' --checker ";
    CHECK(contains(found.text, again + checker));
    const std::string options = found.text.substr(found.text.find(again) + 7);
    const std::string line = options.substr(11, options.find('\n') - 11);
    CHECK(run(line).exit_code == 1);
  }
}

TEST_CASE("a scenario of a user's that crashes or loops without end is a finding of its own") {
  const desk mine;
  for (const auto& [body, message] :
       {std::pair{"volatile int* volatile nowhere = nullptr; *nowhere = 1;", "crash"},
        std::pair{"for (volatile int i = 0; i == 0;) {}", "does not come to an end"}}) {
    const outcome found =
        run("check " + mine.write("idea.hpp", file_of("  counter_group<S> root{*this, \"root\"};\n"
                                                      "  void task(unsigned) { " +
                                                      std::string(body) + " }\n")));
    CAPTURE(found.text);
    CHECK(found.exit_code == 1);
    CHECK(contains(found.text, message));
  }
}

TEST_CASE("what is wrong with a file of scenarios is said in a few lines, with the place") {
  const desk mine;
  const auto refused_file = [&](const std::string& text, const std::string& message) {
    refused("check " + mine.write("idea.hpp", text), message);
  };
  refused("check " + mine.write("gone", "") + ".hpp", "gone.hpp");
  refused("check '" + mine.write("my idea.hpp", file_of(right)) + "'",
          "give the file a name that C++ can include");
  refused_file("// nothing\n", "has no list of its scenarios");
  refused_file(file_of("  void task(unsigned) { root.try_charge(1); }\n"), "idea.hpp:7:");
  refused_file(file_of("  counter_group<S> root{*this, \"root\"};\n"),
               "a scenario has a member 'void task(unsigned)'");
  refused_file(file_of(right, "page_counter/last_page"),
               "there is a scenario page_counter/last_page already");
  refused_file(file_of(right, "idea"), "'idea' is no name of a scenario");
  refused_file("#include \"/etc/hostname\"\n" + file_of(right), "idea.hpp");
  const outcome few = run("check " + mine.write("idea.hpp", file_of("  int x = y;\n")));
  CAPTURE(few.text);
  CHECK(std::count(few.text.begin(), few.text.end(), '\n') < 12);
}

TEST_CASE("without a compiler what is built in runs, and the rest says what it needs") {
  const desk mine;
  const std::string without = "CXX=no-such-compiler " + std::string(STOCKCHECK_COMMAND) + " check ";
  CHECK(run_line(without + "page_counter/last_page").exit_code == 0);
  for (const char* checker : {"relacy", "threads"}) {
    const outcome result = run_line(without + "page_counter/last_page --checker " + checker);
    CAPTURE(result.text);
    CHECK(result.exit_code == 2);
    CHECK(contains(result.text, "there is no C++ compiler"));
  }
}
