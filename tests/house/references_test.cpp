// SPDX-License-Identifier: GPL-2.0-only
// No text of the project refers to a document, a page or a heading that is not in it.
#include "tests/house/project_files.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <string>
#include <vector>

using namespace stockcheck::tests;

namespace {

namespace fs = std::filesystem;

/// What GitHub makes of the headings of a page.
std::set<std::string> anchors_of(const fs::path& page) {
  std::set<std::string> anchors;
  std::ifstream stream{page};
  for (std::string line; std::getline(stream, line);) {
    if (!line.starts_with("#")) continue;
    std::string anchor;
    for (const char c : line.substr(std::min(line.find(' ') + 1, line.size()))) {
      const auto letter = static_cast<unsigned char>(c);
      if (c == ' ') anchor += '-';
      if (std::isalnum(letter) != 0 || c == '-' || c == '_')
        anchor += static_cast<char>(std::tolower(letter));
    }
    anchors.insert(anchor);
  }
  return anchors;
}

}  // namespace

TEST_CASE("nothing refers to papers that the project was made from") {
  // In two parts, so that this file is not found itself.
  const std::vector<std::string> papers{
      "kernel-"
      "dossier",
      "kernel "
      "dossier",
      "DES"
      "IGN",
      "blue"
      "print"};
  // A letter and a number, such as a section of them would have.
  const std::regex number{R"((^|[^\w/.$"'=\\-])(S|B|P|Q|N|I)[0-9]{1,2}($|[^\w/.*"'(=-]))"};
  std::size_t seen = 0;
  for (const fs::path& file : files()) {
    const std::string text = text_of(file);
    ++seen;
    for (const std::string& paper : papers)
      CHECK_MESSAGE(text.find(paper) == std::string::npos, file.string(), " refers to ", paper);
    std::smatch match;
    CHECK_MESSAGE(!std::regex_search(text, match, number), file.string(), ": ", match.str());
  }
  CHECK(seen > 500);
}

TEST_CASE("every link between pages leads to a file, and to a heading in it") {
  const std::regex link{R"(\]\(([^)\s#:]*)(#[^)\s]*)?\))"};
  std::size_t seen = 0;
  for (const fs::path& page : files()) {
    if (page.extension() != ".md") continue;
    const std::string text = text_of(page);
    for (auto at = std::sregex_iterator(text.begin(), text.end(), link);
         at != std::sregex_iterator(); ++at) {
      const std::string to = (*at)[1];
      const std::string heading = (*at)[2];
      if (to.empty() && heading.empty()) continue;
      const fs::path target = to.empty() ? page : page.parent_path() / to;
      ++seen;
      CHECK_MESSAGE(fs::exists(target), page.string(), " links to ", to);
      if (!heading.empty() && target.extension() == ".md")
        CHECK_MESSAGE(anchors_of(target).contains(heading.substr(1)), page.string(), " links to ",
                      to, heading);
    }
  }
  CHECK(seen > 50);
}
