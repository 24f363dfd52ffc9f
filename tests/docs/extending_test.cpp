// SPDX-License-Identifier: GPL-2.0-only
// What docs/extending.md tells people to touch is there.
#include "tests/house/project_files.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <regex>
#include <string>

using namespace stockcheck::tests;

namespace {

namespace fs = std::filesystem;

template <class Action>
void for_each_match(const std::string& text, const std::regex& what, Action action) {
  for (auto at = std::sregex_iterator(text.begin(), text.end(), what); at != std::sregex_iterator();
       ++at)
    action(*at);
}

}  // namespace

TEST_CASE("every file and folder that the recipes name exists") {
  std::size_t seen = 0;
  const std::regex path("`((?:[a-z_]+/)+[A-Za-z_.]*)`");
  for_each_match(text_of(root / "docs/extending.md"), path, [&](const std::smatch& match) {
    ++seen;
    CHECK_MESSAGE(fs::exists(root / match[1].str()), match[1].str());
  });
  CHECK(seen > 30);
}

TEST_CASE("every list that the recipes name is in the file that they name") {
  std::size_t seen = 0;
  const std::regex list(R"(`([A-Za-z_]+)`(?: and `([A-Za-z_]+)`)?\s+in\s+`([a-z_/]+[A-Za-z_.]*)`)");
  for_each_match(text_of(root / "docs/extending.md"), list, [&](const std::smatch& match) {
    const std::string text = text_of(root / match[3].str());
    for (const std::string& name : {match[1].str(), match[2].str()}) {
      ++seen;
      CHECK_MESSAGE(text.find(name) != std::string::npos, name, " in ", match[3].str());
    }
  });
  CHECK(seen > 20);
}
