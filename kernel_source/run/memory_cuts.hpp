// SPDX-License-Identifier: GPL-2.0-only
// Where unmarked accesses are cut into pieces.
#pragma once

#include "explore/engine_finding.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <set>
#include <span>

namespace stockcheck::kernel_source {

/// An unmarked access is made in aligned words: memset() of two ints is one access. Where others
/// access the ints, it is cut between them. Who does shows while they run, so that the search
/// begins anew with another cut: within a search they are the same in all executions.
class memory_cuts {
 public:
  /// Cuts where pieces begin and end. False if there was a cut everywhere.
  bool add(std::span<const explore::piece> pieces) {
    const std::size_t before = at_.size();
    for (const auto& [begin, size] : pieces) {
      at_.insert(begin);
      at_.insert(begin + size);
    }
    return at_.size() != before;
  }

  [[nodiscard]] bool is_one_piece(const char* begin, std::size_t size) const {
    const auto address = reinterpret_cast<std::uintptr_t>(begin);
    return std::has_single_bit(size) && size <= sizeof(std::uint64_t) && address % size == 0 &&
           !is_cut_inside(address, size);
  }

  /// Calls visit(address, size) for the pieces of memory, each one, two, four or eight bytes.
  template <class Visit>
  void for_each_piece(char* begin, std::size_t size, Visit visit) const {
    while (size > 0) {
      std::size_t width = sizeof(std::uint64_t);
      while (width > size || !is_one_piece(begin, width)) width /= 2;
      visit(begin, width);
      begin += width;
      size -= width;
    }
  }

 private:
  [[nodiscard]] bool is_cut_inside(std::uintptr_t begin, std::size_t size) const {
    if (at_.empty()) return false;
    const auto next = at_.upper_bound(begin);
    return next != at_.end() && *next < begin + size;
  }

  std::set<std::uintptr_t> at_;
};

}  // namespace stockcheck::kernel_source
