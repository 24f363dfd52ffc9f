// SPDX-License-Identifier: GPL-2.0-only
// page_counter_memparse(): a limit as a user writes it.
//
// Follows mm/page_counter.c, lib/cmdline.c memparse() and lib/vsprintf.c simple_strtoull() of
// Linux 6.12.
#pragma once

#include "model/kernel/limits.hpp"

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace stockcheck::memcg {

namespace detail {

/// The value of an ASCII digit in any base up to 16; 16 for what is none.
constexpr unsigned digit_value(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  const char lower = static_cast<char>(c | 0x20);
  if (lower >= 'a' && lower <= 'f') return static_cast<unsigned>(lower - 'a') + 10;
  return 16;
}

/// simple_strtoull() with base 0: 0x and 0 prefixes; wraps silently. Consumes what it read.
constexpr std::uint64_t take_number(std::string_view& text) {
  unsigned base = 10;
  if (text.size() > 2 && text[0] == '0' && (text[1] | 0x20) == 'x' && digit_value(text[2]) < 16) {
    base = 16;
    text.remove_prefix(2);
  } else if (text.size() > 1 && text[0] == '0') {
    base = 8;
  }
  std::uint64_t number = 0;
  while (!text.empty() && digit_value(text[0]) < base) {
    number = number * base + digit_value(text[0]);
    text.remove_prefix(1);
  }
  return number;
}

/// The suffixes of memparse(): each is a factor of 1024 more than the one before. Shifts bits out
/// without a word: "16E" is 0.
constexpr std::uint64_t take_suffix(std::string_view& text, std::uint64_t number) {
  if (text.empty()) return number;
  constexpr std::string_view suffixes = "kmgtpe";
  const std::size_t power = suffixes.find(static_cast<char>(text[0] | 0x20));
  if (power == std::string_view::npos) return number;
  text.remove_prefix(1);
  for (std::size_t i = 0; i <= power; ++i) number <<= 10U;
  return number;
}

}  // namespace detail

/// Parses an amount of memory, such as "512M", into `nr_pages`, rounded down. `max_word` is the
/// word for no limit ("max"). Returns 0, or -EINVAL and leaves `nr_pages` alone when something
/// follows the amount. An empty text is 0 pages.
constexpr int page_counter_memparse(std::string_view text, std::string_view max_word,
                                    unsigned long& nr_pages) {
  if (text == max_word) {
    nr_pages = kernel::page_counter_max;
    return 0;
  }
  const std::uint64_t number = detail::take_number(text);
  const std::uint64_t bytes = detail::take_suffix(text, number);
  if (!text.empty()) return -kernel::einval;
  nr_pages = std::min<unsigned long>(bytes / kernel::page_size, kernel::page_counter_max);
  return 0;
}

}  // namespace stockcheck::memcg
