// SPDX-License-Identifier: GPL-2.0-only
// stockcheck verify --of-model: patches of our own model.
#include "kernel_source/system/temporary_directory.hpp"
#include "tests/cli/command_line.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <utility>

using namespace stockcheck::tests;
namespace fs = std::filesystem;

namespace {

const std::string defects = std::string(STOCKCHECK_SOURCE_DIR) + "/mutants/model/wrong/";
const std::string one_scenario = " --scenario page_counter/limit_hit_at_middle";

/// Commands have a TMPDIR of their own, which must be empty when they are done.
class workshop {
 public:
  workshop() { fs::create_directory(at("tmp")); }

  [[nodiscard]] std::string at(const std::string& name) const {
    return (directory_.path() / name).string();
  }
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(at(name)) << text;
    return at(name);
  }
  [[nodiscard]] outcome verify(const std::string& arguments,
                               const std::string& environment = "") const {
    const outcome result = run_line("env TMPDIR=" + at("tmp") + " " + environment + " " +
                                    STOCKCHECK_COMMAND + " verify --of-model " + arguments);
    CHECK(fs::is_empty(at("tmp")));
    return result;
  }
  void refused(const std::string& arguments, const std::string& message,
               const std::string& environment = "") const {
    CAPTURE(arguments);
    const outcome result = verify(arguments, environment);
    CAPTURE(result.text);
    CHECK(result.exit_code == 2);
    CHECK(result.text.starts_with("stockcheck: "));
    CHECK(contains(result.text, message));
    CHECK_FALSE(contains(result.text, "unchanged"));
  }

 private:
  stockcheck::kernel_source::temporary_directory directory_;
};

/// A patch that puts a line behind the first one of a header.
std::string adding(const std::string& file, const std::string& line) {
  std::ifstream stream{fs::path(STOCKCHECK_SOURCE_DIR) / file};
  std::string first;
  std::string second;
  std::getline(stream, first);
  std::getline(stream, second);
  return "--- a/" + file + "\n+++ b/" + file + "\n@@ -1,2 +1,3 @@\n " + first + "\n+" + line +
         "\n " + second + "\n";
}

/// A patch of a header in which `from`, which must be there, becomes `to`.
std::string changing(const std::string& file, const std::string& from, const std::string& to) {
  std::ifstream stream{fs::path(STOCKCHECK_SOURCE_DIR) / file};
  const std::string before{std::istreambuf_iterator<char>{stream}, {}};
  REQUIRE(contains(before, from));
  std::string after = before;
  after.replace(after.find(from), from.size(), to);
  std::string patch = "--- a/" + file + "\n+++ b/" + file + "\n@@ -1,";
  patch += std::to_string(std::ranges::count(before, '\n')) + " +1,";
  patch += std::to_string(std::ranges::count(after, '\n')) + " @@\n";
  for (const auto& [mark, text] : {std::pair{'-', before}, {'+', after}}) {
    std::istringstream lines{text};
    for (std::string line; std::getline(lines, line);) patch += mark + line + '\n';
  }
  return patch;
}

const std::string algorithm = "model/memcg/page_counter.hpp";
const std::string scenarios = "checks/page_counter/page_counter_charge.hpp";

}  // namespace

TEST_CASE("a wrong patch of the model fails newly, with its interleaving") {
  const workshop shop;
  const outcome wrong = shop.verify(defects + "wrong_counter_blamed.patch" + one_scenario);
  CAPTURE(wrong.text);
  CHECK(wrong.exit_code == 1);
  CHECK(contains(wrong.text, "newly failing  page_counter/limit_hit_at_middle"));
  CHECK(contains(wrong.text, ", model "));
  CHECK(contains(wrong.text, "(the model in stockcheck)"));
  CHECK(contains(wrong.text, "page_counter.hpp:"));
  CHECK(contains(wrong.text, "again: stockcheck verify --of-model "));
  CHECK(contains(wrong.text, "1 newly failing, 0 newly passing"));

  const outcome reply = shop.verify("--reply " + defects + "wrong_counter_blamed.patch" +
                                    one_scenario + " < /dev/null");
  CAPTURE(reply.text);
  CHECK(reply.exit_code == 1);
  CHECK(contains(reply.text, "It compiled stockcheck's model"));

  const outcome json =
      shop.verify("--json - " + defects + "wrong_counter_blamed.patch" + one_scenario);
  CAPTURE(json.text);
  CHECK(contains(json.text, "(the model in stockcheck)\","));
  CHECK(contains(json.text, "(the model in stockcheck), patched\","));
}

TEST_CASE("a patch of the model that changes nothing leaves everything unchanged") {
  const workshop shop;
  const std::string comment =
      shop.write("comment.patch", adding("model/memcg/page_counter.hpp", "// Nothing."));
  const outcome same = shop.verify("- < " + comment + one_scenario);
  CAPTURE(same.text);
  CHECK(same.exit_code == 0);
  CHECK(contains(same.text, "unchanged      1 scenario"));

  const std::string elsewhere = shop.write("new.patch",
                                           "--- /dev/null\n+++ b/docs/new.md\n@@ -0,0 +1 @@\n"
                                           "+Nothing.\n");
  const outcome nothing = shop.verify(elsewhere + one_scenario);
  CAPTURE(nothing.text);
  CHECK(nothing.exit_code == 0);
  CHECK(contains(nothing.text, "no check looks at docs/new.md"));
  CHECK(contains(nothing.text, "the verdict is about nothing"));
}

TEST_CASE("a header that no chosen scenario includes is named, and changes nothing") {
  const workshop shop;
  const outcome same = shop.verify(
      shop.write("new.patch",
                 "--- /dev/null\n+++ b/checks/new_group.hpp\n@@ -0,0 +1 @@\n+#error nothing\n") +
      one_scenario);
  CAPTURE(same.text);
  CHECK(same.exit_code == 0);
  CHECK(contains(same.text, "no chosen scenario includes checks/new_group.hpp"));
  CHECK(contains(same.text, "the verdict is about nothing"));
}

TEST_CASE("a commit is verified without its documentation, its tests and its lists") {
  const workshop shop;
  const outcome same = shop.verify(
      shop.write("commit.patch", adding("docs/findings.md", "Nothing.") +
                                     adding(algorithm, "// Nothing.") +
                                     adding("mutants/model/wrong/README.md", "Nothing.") +
                                     "--- a/docs/coverage.md\n+++ b/docs/coverage.md\n@@ -7 +7 @@\n"
                                     "-It does not say that.\n+It says this.\n") +
      one_scenario);
  CAPTURE(same.text);
  CHECK(same.exit_code == 0);
  CHECK(contains(same.text, "unchanged      1 scenario"));
  CHECK(contains(
      same.text,
      "no check looks at docs/findings.md, mutants/model/wrong/README.md, docs/coverage.md"));
  CHECK_FALSE(contains(same.text, "the verdict is about nothing"));
}

TEST_CASE("what a patch breaks behind a known property is newly failing") {
  const workshop shop;
  const std::string known = " --scenario page_counter/false_refusal";
  const std::string end = "  }\n};\n\ntemplate <class S>\nstruct lost_failcnt";
  const outcome same =
      shop.verify(shop.write("same.patch", changing(scenarios, end, "  // Once.\n" + end)) + known);
  CAPTURE(same.text);
  CHECK(same.exit_code == 0);
  CHECK(contains(same.text, "still failing  page_counter/false_refusal  known: "));

  const std::string promise = "    S::atomics::expect(root.held() == 1, oracle::leak, \"more\");\n";
  const outcome wrong =
      shop.verify(shop.write("wrong.patch", changing(scenarios, end, promise + end)) + known);
  CAPTURE(wrong.text);
  CHECK(wrong.exit_code == 1);
  CHECK(contains(wrong.text, "newly failing  page_counter/false_refusal  leak: more"));
}

TEST_CASE("behind a known property another one of the same oracle is found") {
  const workshop shop;
  const outcome result = shop.verify(
      shop.write("not_clamped.patch", changing(algorithm, "      usage_.set(left);\n", "")) +
      " --scenario page_counter/uncharged_twice");
  CAPTURE(result.text);
  CHECK(result.exit_code == 1);
  CHECK(contains(result.text,
                 "newly failing  page_counter/uncharged_twice  underflow: usage below zero"));
}

TEST_CASE("a patched model that loops without end is newly failing") {
  const workshop shop;
  const std::string entry = "const bool protection = track_protection();";
  const outcome endless = shop.verify(
      shop.write("endless.patch",
                 changing(algorithm, entry, "for (volatile int i = 0; i == 0;) {}\n" + entry)) +
      one_scenario);
  CAPTURE(endless.text);
  CHECK(endless.exit_code == 1);
  CHECK(contains(endless.text, "the checked code does not come to an end"));
}

TEST_CASE("a new header of the model is compiled, too") {
  const workshop shop;
  const outcome same = shop.verify(
      shop.write("new.patch",
                 "--- /dev/null\n+++ b/model/memcg/added.hpp\n@@ -0,0 +1 @@\n+#pragma once\n" +
                     adding("model/memcg/page_counter.hpp", "#include \"model/memcg/added.hpp\"")) +
      one_scenario);
  CAPTURE(same.text);
  CHECK(same.exit_code == 0);
  CHECK(contains(same.text, "unchanged      1 scenario"));
}

TEST_CASE("a patch of the model that cannot be verified is one clear error") {
  const workshop shop;
  const std::string right = defects + "wrong_counter_blamed.patch";
  shop.refused("", "--of-model wants a patch");
  shop.refused(right + " --linux 6.12", "--linux");
  shop.refused(shop.at("missing.patch"), "missing.patch");
  shop.refused("main..topic", "the model in stockcheck is no git checkout");
  shop.refused(right + " --scenario page_counter/none", "no scenario matches 'page_counter/none'");
  shop.refused(right + one_scenario, "there is no C++ compiler", "CXX=no-such-compiler");
  shop.refused(
      shop.write("engine.patch", adding("model/atomics/order.hpp", "// Nothing.")) + one_scenario,
      "changes model/atomics/order.hpp, which stockcheck itself is compiled with");
  shop.refused(shop.write("old.patch",
                          "--- a/model/memcg/page_counter.hpp\n+++ b/model/memcg/page_counter.hpp\n"
                          "@@ -1 +1 @@\n-// It does not say that.\n+// It says this.\n") +
                   one_scenario,
               "does not apply");
  shop.refused(shop.write("syntax.patch",
                          adding("model/memcg/page_counter.hpp", "int nonsense = frobnicate();")) +
                   one_scenario,
               "model/memcg/page_counter.hpp:2");
}

TEST_CASE("a patch may add scenarios, which run after it alone") {
  const workshop shop;
  const std::string added = shop.write(
      "new.patch", changing(scenarios, "\"page_counter/siblings\"", "\"page_counter/cousins\""));
  const outcome both =
      shop.verify(added + " --scenario page_counter/cousins,page_counter/siblings");
  CAPTURE(both.text);
  CHECK(contains(both.text, "new            1 scenario only after the patch"));
  CHECK(contains(both.text, "unknown        page_counter/siblings  it ran before the patch; now"));
  CHECK(both.exit_code == 3);
  const outcome alone = shop.verify(added + " --scenario page_counter/cousins");
  CHECK(alone.exit_code == 0);
  CHECK(contains(shop.verify(added + " --scenario page_counter/nephews").text,
                 "no scenario matches 'page_counter/nephews'"));
}

TEST_CASE("a patch may bring a header of scenarios") {
  const workshop shop;
  const std::string header =
      "#pragma once\n#include \"checks/base/counter_scenario.hpp\"\n"
      "namespace stockcheck::checks {\ntemplate <class S>\nstruct far_cousins : "
      "counter_scenario<S> {\n"
      "  static constexpr scenario_info info{.name = \"cousins/both_charge\", .summary = "
      "\"Two.\",\n"
      "    .task_list = {{{\"charge\"}, {\"charge\", {.cpu = 1}}}}};\n"
      "  counter_group<S> root{*this, \"root\"};\n"
      "  void task(unsigned) { root.try_charge(1); }\n"
      "  void check() override {\n"
      "    S::atomics::expect(root.held() < 2, oracle::scenario, \"both charged\", {});\n  }\n};\n"
      "using cousins_scenarios = scenario_list<far_cousins>;\n}\n";
  std::string diff = "--- /dev/null\n+++ b/checks/page_counter/cousins.hpp\n@@ -0,0 +1," +
                     std::to_string(std::ranges::count(header, '\n')) + " @@\n";
  for (std::size_t begin = 0; begin < header.size();) {
    const std::size_t end = header.find('\n', begin) + 1;
    diff += "+" + header.substr(begin, end - begin);
    begin = end;
  }
  const outcome found = shop.verify(shop.write("header.patch", diff) + " --scenario cousins");
  CAPTURE(found.text);
  CHECK(found.exit_code == 1);
  CHECK(contains(found.text, "new & failing  cousins/both_charge"));
}

TEST_CASE("a scenario that is another one after a patch cannot be compared") {
  const workshop shop;
  shop.refused(
      shop.write("other.patch", changing(scenarios, "try_charge left 1", "charge left 1")) +
          one_scenario,
      "the scenario page_counter/siblings has other tasks");
}

TEST_CASE("a patch of the model that calls what nobody defines is one clear error") {
  const workshop shop;
  shop.refused(shop.write("undefined.patch",
                          adding(algorithm, "int frobnicate(); inline int asked = frobnicate();")) +
                   one_scenario,
               "undefined symbol: _Z10frobnicatev");
}
