// SPDX-License-Identifier: GPL-2.0-only
// The final state of an execution as numbers with names, to be counted and compared.
#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <cstring>
#include <span>

namespace stockcheck::checks {

/// Owns no memory, like everything that is touched while a checker may own the allocations.
class final_state {
 public:
  static constexpr std::size_t capacity = 24;

  struct entry {
    const char* owner = "";  ///< a counter's label, or the task
    const char* name = "";
    long value = 0;
  };

  /// Entries beyond the capacity would make different states look equal: the caller's mistake.
  void add(const char* owner, const char* name, long value) {
    entries_.at(size_++) = {owner, name, value};
  }
  [[nodiscard]] std::span<const entry> entries() const { return std::span{entries_}.first(size_); }

  friend bool operator<(const final_state& a, const final_state& b) {
    return std::ranges::lexicographical_compare(a.entries(), b.entries(), is_less);
  }

 private:
  /// Names differ as well: what was not reached has no entry.
  static bool is_less(const entry& a, const entry& b) {
    if (a.value != b.value) return a.value < b.value;
    if (const int owners = compare(a.owner, b.owner); owners != 0) return owners < 0;
    return compare(a.name, b.name) < 0;
  }
  /// Nearly always they are the same literal.
  static int compare(const char* a, const char* b) { return a == b ? 0 : std::strcmp(a, b); }

  std::array<entry, capacity> entries_{};
  std::size_t size_ = 0;
};

}  // namespace stockcheck::checks
