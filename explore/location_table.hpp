// The locations of the current execution, numbered the same in every execution.
#pragma once

#include "explore/execution_graph.hpp"

#include <array>
#include <vector>

namespace stockcheck::explore {

/// A location is known by its thread and how many that thread declared before. Not thread-safe.
class location_table {
 public:
  struct entry {
    origin begin;  ///< what it is when the tasks start, or when a task declares it
    const void* address = nullptr;
    std::uint8_t width = 8;
    std::uint64_t value = 0;  ///< while the program runs alone
  };

  /// An execution begins.
  void reset();
  location_id declare(std::size_t thread, const void* address, std::size_t width,
                      const origin& begin);
  [[nodiscard]] entry& operator[](location_id id) { return entries_[id]; }
  [[nodiscard]] const entry& operator[](location_id id) const { return entries_[id]; }
  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  /// How many a thread declared in this execution, and its `number`-th one.
  [[nodiscard]] std::size_t declared(std::size_t thread) const { return declared_[thread]; }
  [[nodiscard]] const entry& declared_by(std::size_t thread, std::size_t number) const {
    return entries_[ids_[thread][number]];
  }

 private:
  std::vector<entry> entries_;
  std::array<std::vector<location_id>, max_threads> ids_;
  std::array<std::size_t, max_threads> declared_{};
};

}  // namespace stockcheck::explore
