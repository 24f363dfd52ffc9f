// SPDX-License-Identifier: GPL-2.0-only
// The scripts of ci/ explain themselves and refuse wrong arguments before they do anything.
#include <doctest/doctest.h>

#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

struct outcome {
  int exit_code = -1;
  std::string text;
};

/// Programs that install or build, replaced by some that say so: a script that reaches one has gone
/// too far.
class bystanders {
 public:
  bystanders() {
    fs::create_directories(directory_);
    for (const char* name : {"apt-get", "cmake", "ctest", "dpkg-query", "ninja", "sudo"}) {
      const fs::path file = directory_ / name;
      std::ofstream(file) << "#!/bin/sh\necho went too far: " << name << "\nexit 99\n";
      fs::permissions(file, fs::perms::owner_all);
    }
  }

  [[nodiscard]] outcome run(const std::string& script, const std::string& arguments) const {
    const std::string line = "cd " STOCKCHECK_SOURCE_DIR " && PATH=" + directory_.string() +
                             ":$PATH ci/" + script + " " + arguments + " 2>&1 </dev/null";
    FILE* const pipe = ::popen(line.c_str(), "r");
    REQUIRE(pipe != nullptr);
    outcome result;
    std::array<char, 4096> buffer{};
    for (std::size_t got = 0; (got = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
      result.text.append(buffer.data(), got);
    const int status = ::pclose(pipe);
    if (WIFEXITED(status)) result.exit_code = WEXITSTATUS(status);
    return result;
  }

 private:
  fs::path directory_ = fs::path(STOCKCHECK_TEST_DIRECTORY) / "bystanders";
};

bool is_script(const fs::directory_entry& entry) {
  return entry.is_regular_file() &&
         (entry.status().permissions() & fs::perms::owner_exec) != fs::perms::none;
}

}  // namespace

TEST_CASE("every script explains itself and does nothing else") {
  const bystanders nobody;
  std::size_t scripts = 0;
  for (const auto& entry : fs::directory_iterator(fs::path(STOCKCHECK_SOURCE_DIR) / "ci")) {
    if (!is_script(entry)) continue;
    ++scripts;
    const std::string name = entry.path().filename().string();
    CAPTURE(name);
    const outcome help = nobody.run(name, "--help");
    CHECK(help.exit_code == 0);
    CHECK_MESSAGE(help.text.find(name + " ") != std::string::npos, help.text);
    CHECK_MESSAGE(help.text.find("went too far") == std::string::npos, help.text);
  }
  CHECK(scripts >= 13);
}

TEST_CASE("every script refuses wrong arguments before it installs or builds anything") {
  const bystanders nobody;
  struct mistake {
    const char* script;
    const char* arguments;
    const char* message;
  };
  const std::vector<mistake> mistakes{
      {"build", "relese", "CMakePresets.json has no preset 'relese'"},
      {"build", "release --target", "'--target' is no target"},
      {"build-cost", "nothing", "'nothing' is no commit"},
      {"check", "--serch full", "'stockcheck check' has no option '--serch'"},
      {"check", "--time", "--time wants a value"},
      {"coverage", "--wirte", "unknown argument '--wirte'"},
      {"coverage", "--write again", "there are too many arguments"},
      {"coverage_lines.py", "", "required: objects"},
      {"coverage_tables.py", "calls", "required: tables"},
      {"install-deps", "--tests", "unknown argument '--tests'"},
      {"kernel-patch", "6.12", "an argument is missing"},
      {"kernel-patch", "6.12 nothing.sed", "there is no nothing.sed"},
      {"nightly", "many", "'many' is no number of programs"},
      {"nightly", "1000 -1", "'-1' is no seed"},
      {"nightly", "1 2 3", "there are too many arguments"},
      {"refresh-mutants", "nothing", "'nothing' is no commit"},
      {"test", "verify_command", "'verify_command' is no option of ctest"},
      {"tidy", "nothing.cpp", "there is no file 'nothing.cpp'"},
      {"verify-mutant", "stockcheck", "an argument is missing"},
      {"verify-mutant", "stockcheck nothing.sed", "there is no nothing.sed"},
      {"verify-mutant", "stockcheck README.md", "README.md names no release or no scenario"},
      {"verify-patch", "", "an argument is missing"},
      {"verify-patch", "nothing.patch", "there is no patch 'nothing.patch'"},
      {"verify-patch", "--linux 6.12 --scenario page_counter nothing.patch",
       "there is no patch 'nothing.patch'"},
      {"verify-patch", "--relpy README.md", "'stockcheck verify' has no option '--relpy'"},
  };
  for (const mistake& m : mistakes) {
    CAPTURE(m.script);
    CAPTURE(m.arguments);
    const outcome result = nobody.run(m.script, m.arguments);
    CHECK(result.exit_code == 2);
    CHECK_MESSAGE(result.text.find(m.message) != std::string::npos, result.text);
    CHECK_MESSAGE(result.text.find("went too far") == std::string::npos, result.text);
  }
}

TEST_CASE("a script goes on with right arguments") {
  const bystanders nobody;
  for (const auto& [script, arguments] : std::vector<std::pair<std::string, std::string>>{
           {"check", "--checker all 'page_counter/*' --json=run.json --outcomes"},
           {"build", "release stockcheck"},
           {"nightly", "1000 7"},
           {"verify-patch", "--linux 6.12 --reply --scenario page_counter README.md"},
           {"verify-patch", "--linux . v6.12..topic"},
           {"test", "-R test_house"}}) {
    CAPTURE(script);
    CAPTURE(arguments);
    const outcome result = nobody.run(script, arguments);
    CHECK_MESSAGE(result.text.find("went too far") != std::string::npos, result.text);
  }
}
