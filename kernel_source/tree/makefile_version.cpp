// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/tree/makefile_version.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

namespace stockcheck::kernel_source {

namespace {

constexpr std::array<std::string_view, 4> names{"VERSION", "PATCHLEVEL", "SUBLEVEL",
                                                "EXTRAVERSION"};
constexpr std::string_view blanks = " \t\r\v\f";

std::string_view trimmed(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
  const std::size_t last = text.find_last_not_of(blanks);
  return text.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

}  // namespace

std::string makefile_version(const std::string& makefile) {
  // Longer than any version: who writes a longer one means something else.
  constexpr std::size_t longest = 64;
  // The four are the first lines that set anything; the first of each counts.
  std::map<std::string_view, std::string> values;
  for (std::string_view left = makefile; values.size() < names.size() && !left.empty();) {
    const std::size_t end = left.find('\n');
    const std::string_view line = left.substr(0, end);
    left.remove_prefix(end == std::string_view::npos ? left.size() : end + 1);
    const std::size_t sign = line.find('=');
    if (sign == std::string_view::npos) continue;
    const std::string_view name = line.substr(0, line.substr(0, sign).find_last_not_of(blanks) + 1);
    const std::string_view value = trimmed(line.substr(sign + 1));
    if (std::ranges::find(names, name) == names.end() ||
        value.find_first_of(blanks) != std::string_view::npos)
      continue;
    values.emplace(*std::ranges::find(names, name), value.substr(0, longest));
  }
  if (!values.contains("VERSION")) return "";
  std::string version = values["VERSION"];
  for (const char* part : {"PATCHLEVEL", "SUBLEVEL"})
    if (!values[part].empty()) version += fmt::format(".{}", values[part]);
  return version + values["EXTRAVERSION"];
}

}  // namespace stockcheck::kernel_source
