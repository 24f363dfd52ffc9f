// SPDX-License-Identifier: GPL-2.0-only
#include "mutants/patch_header.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace stockcheck::mutants {

namespace {

constexpr std::string_view key_end = ": ";

bool starts_diff(std::string_view line) {
  return line.starts_with("--- ") || line.starts_with("diff ");
}

/// "A: ", "B: " or "C: ", in quotes.
std::string all_keys(std::span<const header_field> fields) {
  std::string text;
  for (std::size_t k = 0; k < fields.size(); ++k) {
    if (k > 0) text += k + 1 < fields.size() ? ", " : " or ";
    text += fmt::format("\"{}{}\"", fields[k].key, key_end);
  }
  return text;
}

}  // namespace

malformed_patch::malformed_patch(std::string_view file, unsigned line, std::string_view what)
    : std::runtime_error(fmt::format("{}:{}: {}", file, line, what)) {}

void read_patch_header(std::istream& text, std::string_view file, std::span<header_field> fields) {
  std::string line;
  unsigned number = 1;
  for (; std::getline(text, line) && !starts_diff(line); ++number) {
    if (line.empty()) continue;
    const std::size_t end = std::min(line.find(key_end), line.size());
    const std::string_view key = std::string_view(line).substr(0, end);
    const auto field = std::ranges::find(fields, key, &header_field::key);
    if (field == fields.end())
      throw malformed_patch(file, number, fmt::format("not {}", all_keys(fields)));
    if (field->line != 0) throw malformed_patch(file, number, fmt::format("a second \"{}\"", key));
    field->value = line.substr(std::min(end + key_end.size(), line.size()));
    field->line = number;
    if (field->value.empty())
      throw malformed_patch(file, number, fmt::format("\"{}\" without a value", key));
  }
  for (const header_field& field : fields)
    if (field.required && field.line == 0)
      throw malformed_patch(file, number, fmt::format("the header ends without \"{}\"", field.key));
}

}  // namespace stockcheck::mutants
