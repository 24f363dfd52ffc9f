// SPDX-License-Identifier: GPL-2.0-only
// The patches that are tried on what is known, and the pages that say what may deserve one.
#include "known/known_catalogue.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>

using namespace stockcheck;

namespace {

namespace fs = std::filesystem;

const fs::path root{STOCKCHECK_SOURCE_DIR};

template <class Action>
void for_each_patch(Action action) {
  for (const known::known_entry& entry : known::shipped_catalogue().entries())
    for (const auto* list : {&entry.remedies, &entry.not_enough})
      for (const known::known_patch& patch : *list) action(entry, patch);
}

/// What GitHub makes of a heading.
std::string anchor_of(const std::string& heading) {
  std::string anchor;
  for (const char c : heading) {
    const auto letter = static_cast<unsigned char>(c);
    if (c == ' ') anchor += '-';
    if (std::isalnum(letter) != 0 || c == '-' || c == '_')
      anchor += static_cast<char>(std::tolower(letter));
  }
  return anchor;
}

}  // namespace

TEST_CASE("every patch that the catalogue names is there, and every remedy is named") {
  std::set<std::string> named;
  for_each_patch([&](const known::known_entry& entry, const known::known_patch& patch) {
    named.insert(patch.file);
    CHECK_MESSAGE(fs::exists(root / patch.file), entry.id, ": ", patch.file);
    for (const std::string& scenario : patch.scenarios)
      CHECK_MESSAGE(scenario.find_first_of("*? ") == std::string::npos, entry.id, ": ", scenario);
  });
  for (const auto& file : fs::directory_iterator(root / "mutants/remedies")) {
    const std::string path = "mutants/remedies/" + file.path().filename().string();
    if (file.path().extension() != ".md") CHECK_MESSAGE(named.contains(path), path);
  }
}

TEST_CASE("what may deserve a patch is in the catalogue") {
  std::set<std::string> pages;
  for (const known::known_entry& entry : known::shipped_catalogue().entries())
    pages.insert(entry.page);
  std::size_t seen = 0;
  std::ifstream findings{root / "docs/findings.md"};
  bool may_deserve_one = false;
  for (std::string line; std::getline(findings, line);) {
    if (line.starts_with("## ")) may_deserve_one = line == "## What may deserve a patch";
    if (!may_deserve_one || !line.starts_with("### ")) continue;
    ++seen;
    CHECK_MESSAGE(pages.contains("findings.md#" + anchor_of(line.substr(4))), line);
  }
  CHECK(seen > 5);
}
