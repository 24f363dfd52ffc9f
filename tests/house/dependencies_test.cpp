// SPDX-License-Identifier: GPL-2.0-only
// The one-way dependencies between folders, read from the #include lines.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>

namespace {

using folders = std::set<std::string>;

/// What the files of a folder may include of the others.
const std::map<std::string, folders> allowed{
    {"explore", {}},
    {"verdict", {}},
    {"text", {}},
    {"model/atomics", {"explore", "verdict"}},
    {"model/kernel", {"model/atomics", "verdict"}},
    {"model/memcg", {"model/atomics", "model/kernel", "verdict"}},
    {"checks", {"model/atomics", "model/kernel", "model/memcg", "verdict"}},
    {"report", {"text", "verdict"}},
    {"stress", {"model/atomics", "model/kernel", "model/memcg", "report", "verdict"}},
    {"kernel_source",
     {"explore", "model/atomics", "model/kernel", "model/memcg", "text", "verdict"}},
    {"known", {"kernel_source", "report", "verdict"}},
    {"harness",
     {"checks", "explore", "kernel_source", "known", "model/atomics", "model/kernel", "report",
      "text", "verdict"}},
    {"verify",
     {"checks", "explore", "harness", "kernel_source", "known", "model/atomics", "report", "text",
      "verdict"}},
    {"coverage", {"checks", "explore", "harness", "model/kernel", "report", "verdict"}},
    {"mutants", {"checks", "harness", "kernel_source", "report", "verdict"}},
    {"cli",
     {"checks", "harness", "kernel_source", "known", "model/atomics", "report", "stress", "text",
      "verdict", "verify"}},
};

/// Headers that name an engine or a policy: `model/memcg` and `checks` must do without.
const std::regex engine{R"(^(relacy/|boost/context|explore/|model/atomics/(std|relacy|explore)_))"};

/// The folder of the table that a path lies in; empty if none.
std::string folder_of(const std::string& path) {
  for (const auto& [folder, unused] : allowed)
    if (path.starts_with(folder + "/")) return folder;
  return "";
}

template <class Action>
void for_each_include(const std::string& folder, Action action) {
  const std::filesystem::path root{STOCKCHECK_SOURCE_DIR};
  const std::regex include{R"re(^\s*#\s*include\s*[<"]([^>"]+)[>"])re"};
  for (const auto& file : std::filesystem::recursive_directory_iterator(root / folder)) {
    if (file.path().extension() != ".hpp" && file.path().extension() != ".cpp") continue;
    std::ifstream stream{file.path()};
    std::smatch match;
    for (std::string line; std::getline(stream, line);)
      if (std::regex_search(line, match, include)) action(file.path().string(), match[1].str());
  }
}

}  // namespace

TEST_CASE("includes follow the one-way dependencies") {
  std::size_t seen = 0;
  for (const auto& [folder, may_include] : allowed) {
    for_each_include(folder, [&](const std::string& file, const std::string& included) {
      const std::string target = folder_of(included);
      if (target.empty()) return;
      ++seen;
      CHECK_MESSAGE((target == folder || may_include.contains(target)), file, " includes ",
                    included);
    });
  }
  CHECK(seen > 50);
}

TEST_CASE("algorithms and scenarios name no policy and no engine") {
  for (const char* folder : {"model/kernel", "model/memcg", "checks"})
    for_each_include(folder, [](const std::string& file, const std::string& included) {
      CHECK_MESSAGE(!std::regex_search(included, engine), file, " includes ", included);
    });
}

TEST_CASE("only the command line parses arguments and only reports print results") {
  for (const auto& [folder, unused] : allowed) {
    if (folder == "cli") continue;
    for_each_include(folder, [](const std::string& file, const std::string& included) {
      CHECK_MESSAGE(!included.starts_with("CLI/"), file);
      CHECK_MESSAGE(included != "iostream", file);
    });
  }
}
