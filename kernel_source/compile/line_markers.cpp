// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/compile/line_markers.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace stockcheck::kernel_source {

namespace {

constexpr std::string_view directory = "kernel/";

/// `# LINE "FILE" FLAGS`, or `#line` with the same.
bool read_marker(std::string_view text, std::string& file, unsigned& line) {
  for (const std::string_view prefix : {"# ", "#line "}) {
    if (!text.starts_with(prefix)) continue;
    const char* const begin = text.data() + prefix.size();
    const auto [end, error] = std::from_chars(begin, text.data() + text.size(), line);
    const std::size_t open = text.find('"');
    const std::size_t close = text.rfind('"');
    if (error != std::errc{} || open == close) return false;
    std::string_view name = text.substr(open + 1, close - open - 1);
    if (name.starts_with(directory)) name.remove_prefix(directory.size());
    file = name;
    return true;
  }
  return false;
}

}  // namespace

void add_marked_lines(const std::string& output, file_lines& to) {
  std::string file;
  unsigned line = 1;
  for (std::size_t begin = 0; begin < output.size();) {
    const std::size_t end = std::min(output.find('\n', begin), output.size());
    const std::string_view text = std::string_view(output).substr(begin, end - begin);
    begin = end + 1;
    if (read_marker(text, file, line)) continue;
    if (text.find_first_not_of(" \t") != std::string_view::npos) to[file].insert(line);
    ++line;
  }
}

}  // namespace stockcheck::kernel_source
