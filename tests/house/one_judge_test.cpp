// SPDX-License-Identifier: GPL-2.0-only
// What a finding, or that there is none, is worth is decided in one place.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <string>

TEST_CASE("only the judge says what a run of a scenario is worth") {
  namespace fs = std::filesystem;
  const fs::path root{STOCKCHECK_SOURCE_DIR};
  const std::regex decides{R"(verdict\s*=\s*(stockcheck::)?verdict::)"};
  // These judge a process of which no record came, and whether scenarios can be loaded.
  const std::set<std::string> others{"child_process.cpp", "scenario_reader.cpp"};
  bool the_judge_was_seen = false;
  for (const char* folder : {"harness", "verify", "mutants", "cli", "stress", "kernel_source"})
    for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
      const std::string name = entry.path().filename().string();
      if (entry.path().extension() != ".cpp" && entry.path().extension() != ".hpp") continue;
      std::ifstream stream{entry.path()};
      for (std::string line; std::getline(stream, line);) {
        if (!std::regex_search(line, decides)) continue;
        if (name == "judge.cpp")
          the_judge_was_seen = true;
        else
          CHECK_MESSAGE(others.contains(name), name << " decides: " << line);
      }
    }
  CHECK(the_judge_was_seen);
}
