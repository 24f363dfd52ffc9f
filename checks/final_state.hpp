// The final state of an execution as numbers with names, to be counted and compared.
#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
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

  /// Compares values alone: all final states of one scenario have the same names in order, up to
  /// operations that were not reached.
  friend bool operator<(const final_state& a, const final_state& b) {
    return std::ranges::lexicographical_compare(a.entries(), b.entries(), {}, &entry::value,
                                                &entry::value);
  }

 private:
  std::array<entry, capacity> entries_{};
  std::size_t size_ = 0;
};

}  // namespace stockcheck::checks
