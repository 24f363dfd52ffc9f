// The mutexes and spin locks that a task holds.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>

namespace stockcheck::source {

/// By their addresses. Allocates nothing.
class held_locks {
 public:
  void add(void* lock) { locks_.at(size_++) = lock; }
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
  /// The one taken last. There is one.
  [[nodiscard]] void* last() const { return locks_.at(size_ - 1); }

 private:
  static constexpr std::size_t max_locks = 16;

  std::array<void*, max_locks> locks_{};
  std::size_t size_ = 0;
};

}  // namespace stockcheck::source
