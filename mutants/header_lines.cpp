// SPDX-License-Identifier: GPL-2.0-only
#include "mutants/header_lines.hpp"

#include <algorithm>
#include <string_view>

namespace stockcheck::mutants {

namespace {

constexpr std::string_view comment = "# ";
constexpr std::string_view key_end = ": ";

bool starts_diff(std::string_view line) {
  return line.starts_with("--- ") || line.starts_with("diff ");
}

}  // namespace

header_lines read_header_lines(std::istream& text) {
  header_lines header;
  bool is_script = false;
  std::string line;
  unsigned number = 1;
  for (; std::getline(text, line); ++number) {
    if (number == 1) is_script = line.starts_with(comment);
    if (is_script ? !line.starts_with(comment) : starts_diff(line)) break;
    if (is_script) line.erase(0, comment.size());
    if (line.empty()) continue;
    const std::size_t end = std::min(line.find(key_end), line.size());
    header.lines.push_back(
        {line.substr(0, end), line.substr(std::min(end + key_end.size(), line.size())), number});
  }
  header.end = number;
  return header;
}

}  // namespace stockcheck::mutants
