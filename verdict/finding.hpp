// SPDX-License-Identifier: GPL-2.0-only
// What an oracle reports: which promise was broken, in words and in numbers, and where.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <source_location>
#include <string_view>

namespace stockcheck {

/// The promises that are checked; the README lists what each means.
enum class oracle : std::uint8_t {
  conservation,  ///< usage = pages held by users + pages in stocks
  leak,          ///< after everything is uncharged and drained nothing is left
  overcharge,    ///< no successful charge puts the settled total above a limit
  underflow,     ///< usage never below 0; the kernel's own warning counts
  stock_bound,   ///< what the algorithm promises for a stock
  references,    ///< a css lives exactly as long as it is referenced
  statistics,    ///< derived sums: what was added is what is removed
  progress,      ///< no deadlock, no lost drain, no livelock
  memory,        ///< no data race, use-after-free, double free, leak of memory
  scenario,      ///< a promise one scenario makes for itself
};

inline constexpr std::array oracle_names{
    std::string_view{"conservation"}, std::string_view{"leak"},
    std::string_view{"overcharge"},   std::string_view{"underflow"},
    std::string_view{"stock bound"},  std::string_view{"references"},
    std::string_view{"statistics"},   std::string_view{"progress"},
    std::string_view{"memory"},       std::string_view{"scenario"},
};

[[nodiscard]] constexpr std::string_view name_of(oracle kind) {
  return oracle_names.at(static_cast<std::size_t>(kind));
}

/// A line of source. The strings are literals, or live as long as the code that they are about.
struct source_place {
  const char* file = "";
  const char* function = "";
  unsigned line = 0;

  constexpr source_place(const char* in_file, const char* in_function, unsigned at_line)
      : file(in_file), function(in_function), line(at_line) {}
  /// Implicit: the usual way to get one.
  constexpr source_place(const std::source_location& at)
      : file(at.file_name()), function(at.function_name()), line(at.line()) {}
};

/// A named number that belongs to a finding, such as {"usage", 3}. The name is a literal.
struct fact {
  const char* name = "";
  long value = 0;
};

/// The facts of one expectation.
using facts = std::initializer_list<fact>;

/// An expectation that failed. Owns no memory: a checker may own every allocation made while it
/// runs the code under test. The text and the names are literals; facts beyond the first
/// `max_facts` are dropped.
struct failed_expectation {
  static constexpr std::size_t max_facts = 8;

  oracle kind = oracle::scenario;
  const char* what = "";
  std::array<fact, max_facts> numbers{};
  std::size_t count = 0;
  source_place at;

  failed_expectation(oracle broken, const char* text, facts values, source_place where)
      : kind(broken), what(text), at(where) {
    for (const fact& f : values)
      if (count < max_facts) numbers.at(count++) = f;
  }
};

}  // namespace stockcheck
