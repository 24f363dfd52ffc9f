// SPDX-License-Identifier: GPL-2.0-only
// The one-way dependencies between folders, read from docs/architecture.md and the #include lines.
#include "tests/house/project_files.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

using namespace stockcheck::tests;

namespace {

using folders = std::set<std::string>;

/// What stands between backticks.
std::vector<std::string> names_in(const std::string& text) {
  static const std::regex name("`([^`]+)`");
  std::vector<std::string> names;
  for (auto at = std::sregex_iterator(text.begin(), text.end(), name); at != std::sregex_iterator();
       ++at)
    names.push_back((*at)[1]);
  return names;
}

/// What the files of a folder may include of the others: the table of docs/architecture.md.
std::map<std::string, folders> read_arrows() {
  std::map<std::string, folders> arrows;
  std::istringstream page(text_of(root / "docs/architecture.md"));
  const std::regex row(R"(^\| `([a-z_/]+)` \|[^|]*\|([^|]*)\|$)");
  std::smatch match;
  for (std::string line; std::getline(page, line);)
    if (std::regex_match(line, match, row))
      for (folders& to = arrows[match[1]]; const std::string& name : names_in(match[2]))
        to.insert(name);
  return arrows;
}

const std::map<std::string, folders> allowed = read_arrows();

/// Headers that name an engine or a policy: `model/memcg` and `checks` must do without.
const std::regex engine{R"(^(relacy/|boost/context|explore/|model/atomics/(std|relacy|explore)_))"};

/// The folder of the table that a path lies in; empty if none.
std::string folder_of(const std::string& path) {
  for (const auto& [folder, unused] : allowed)
    if (path.starts_with(folder + "/")) return folder;
  return "";
}

bool has_includes(const std::filesystem::path& file) {
  for (const char* extension : {".hpp", ".cpp", ".h", ".c", ".in"})
    if (file.extension() == extension) return true;
  return false;
}

/// Calls action(file, included) for every include, also for one in text that is generated.
template <class Action>
void for_each_include(const std::string& folder, Action action) {
  const std::regex include{R"re(#\s*include\s*(?:[<"]|\\")([^>"\\]+)(?:[>"]|\\"))re"};
  for (const auto& file : std::filesystem::recursive_directory_iterator(root / folder)) {
    if (!has_includes(file.path())) continue;
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

TEST_CASE("the architecture has a row for every folder with code, and for no other") {
  std::set<std::string> with_code;
  for (const auto& file : files()) {
    const std::string path = file.lexically_relative(root).generic_string();
    const std::string top = path.substr(0, path.find('/'));
    if (!has_includes(file) || top == "bench" || top == "tests") continue;
    CHECK_MESSAGE(!folder_of(path).empty(), path);
    with_code.insert(folder_of(path));
  }
  for (const auto& [folder, unused] : allowed) CHECK_MESSAGE(with_code.contains(folder), folder);
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
