// SPDX-License-Identifier: GPL-2.0-only
#include "text/foreign_text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <limits>

namespace stockcheck::text {

namespace {

constexpr std::string_view cut_mark = "...";

/// A character and its bytes; none if the text does not begin with one in UTF-8.
struct character {
  std::uint32_t code = 0;
  std::size_t bytes = 0;
};

/// The well-formed sequences of the Unicode standard, table 3-7: no overlong ones, no surrogates.
character first_of(std::string_view text) {
  struct form {
    std::uint8_t mask, mark;  ///< of the first byte
    std::uint32_t least;      ///< overlong below
  };
  static constexpr std::array<form, 4> forms{
      {{0x80, 0x00, 0}, {0xe0, 0xc0, 0x80}, {0xf0, 0xe0, 0x800}, {0xf8, 0xf0, 0x10000}}};
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  for (std::size_t more = 0; more < forms.size(); ++more) {
    const form& f = forms.at(more);
    if ((byte(0) & f.mask) != f.mark) continue;
    if (text.size() <= more) return {};
    std::uint32_t code = byte(0) & static_cast<std::uint8_t>(~f.mask);
    for (std::size_t i = 1; i <= more; ++i) {
      if ((byte(i) & 0xc0U) != 0x80U) return {};
      code = code << 6U | (byte(i) & 0x3fU);
    }
    const bool is_surrogate = code >= 0xd800 && code < 0xe000;
    if (code < f.least || code > 0x10ffff || is_surrogate) return {};
    return {code, more + 1};
  }
  return {};
}

/// C0, DEL and C1.
bool is_control(std::uint32_t code) { return code < 0x20 || (code >= 0x7f && code < 0xa0); }

/// Changes the order in which the characters around it are read, or ends a line for some.
bool is_layout(std::uint32_t code) {
  return code == 0x061c || code == 0x200e || code == 0x200f || code == 0xfeff ||
         (code >= 0x2028 && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

template <class... Values>
std::string formatted(const char* form, Values... values) {
  std::array<char, 16> buffer{};
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): the gate is a leaf and has no libraries
  const int size = std::snprintf(buffer.data(), buffer.size(), form, values...);
  return {buffer.data(), static_cast<std::size_t>(size)};
}

/// The bytes of a "\033[1;31m" that the text begins with; 0 if it does not.
std::size_t colour_at(std::string_view text) {
  if (!text.starts_with("\033[")) return 0;
  const std::size_t end = text.find_first_not_of("0123456789;", 2);
  return end != std::string_view::npos && text[end] == 'm' ? end + 1 : 0;
}

/// Which of the characters that are escaped otherwise stay.
struct exceptions {
  bool newlines = false;  ///< and tabs
  bool colours = false;
};

/// The text escaped, in at most `longest` bytes.
std::string escaped(std::string_view left, exceptions stays, std::size_t longest) {
  std::string result;
  std::size_t before_mark = 0;  // how much stays if the mark is put behind it
  while (!left.empty()) {
    const character first = first_of(left);
    std::size_t taken = std::max<std::size_t>(first.bytes, 1);
    std::string shown(left.substr(0, taken));
    if (const std::size_t colour = stays.colours ? colour_at(left) : 0; colour > 0) {
      taken = colour;
      shown = left.substr(0, colour);
    } else if (first.bytes == 0) {
      shown = formatted("\\x%02x", static_cast<unsigned>(static_cast<unsigned char>(left[0])));
    } else if (first.code == '\n' || first.code == '\t') {
      if (!stays.newlines) shown = first.code == '\n' ? "\\n" : "\\t";
    } else if (is_control(first.code)) {
      shown = formatted("\\x%02x", static_cast<unsigned>(first.code));
    } else if (is_layout(first.code)) {
      shown = formatted("\\u%04x", static_cast<unsigned>(first.code));
    }
    if (result.size() + shown.size() > longest) {
      result.resize(before_mark);
      return result.append(cut_mark.substr(0, longest));
    }
    result += shown;
    if (result.size() + cut_mark.size() <= longest) before_mark = result.size();
    left.remove_prefix(taken);
  }
  return result;
}

}  // namespace

std::string in_one_line(std::string_view foreign, std::size_t longest) {
  while (foreign.ends_with('\n')) foreign.remove_suffix(1);
  return escaped(foreign, {}, longest);
}

std::string in_lines(std::string_view foreign, std::size_t most) {
  const auto ends = static_cast<std::size_t>(std::ranges::count(foreign, '\n'));
  const std::size_t lines = ends + (foreign.empty() || foreign.ends_with('\n') ? 0 : 1);
  std::string result;
  for (std::size_t n = 0; !foreign.empty(); ++n) {
    if (lines > most && n + 1 == most)
      return result + formatted("... %zu", lines) + " lines in all\n";
    const std::size_t end = foreign.find('\n');
    result += escaped(foreign.substr(0, end), {.newlines = true}, longest_line);
    if (end == std::string_view::npos) break;
    result += '\n';
    foreign.remove_prefix(end + 1);
  }
  return result;
}

std::string for_terminal(std::string_view whole, bool coloured) {
  return escaped(whole, {.newlines = true, .colours = coloured},
                 std::numeric_limits<std::size_t>::max());
}

}  // namespace stockcheck::text
