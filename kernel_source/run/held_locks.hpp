// SPDX-License-Identifier: GPL-2.0-only
// The mutexes and spin locks that a task holds.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>

namespace stockcheck::kernel_source {

/// By their addresses. Allocates nothing.
class held_locks {
 public:
  /// One more than there is room for is not known later.
  void add(void* lock) {
    if (!is_full()) locks_.at(size_++) = lock;
  }
  /// False if it is not held.
  bool remove(const void* lock) {
    auto* const end = locks_.begin() + size_;
    auto* const found = std::find(locks_.begin(), end, lock);
    if (found == end) return false;
    std::copy(found + 1, end, found);
    --size_;
    return true;
  }
  void forget() { size_ = 0; }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool is_full() const { return size_ == max_locks; }
  /// The one taken last. There is one.
  [[nodiscard]] void* last() const { return locks_.at(size_ - 1); }

 private:
  static constexpr std::size_t max_locks = 64;

  std::array<void*, max_locks> locks_{};
  std::size_t size_ = 0;
};

}  // namespace stockcheck::kernel_source
