// SPDX-License-Identifier: GPL-2.0-only
// The locations of the current execution, numbered the same in every execution.
#pragma once

#include "explore/engine_finding.hpp"
#include "explore/execution_graph.hpp"

#include <array>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace stockcheck::explore {

/// A declared location is known by its thread and how many that thread declared before; one of the
/// C interface by its address and width. Not thread-safe.
class location_table {
 public:
  location_table() = default;
  location_table(const location_table&) = delete;
  location_table& operator=(const location_table&) = delete;
  ~location_table() = default;

  struct entry {
    origin begin;  ///< what it is when the tasks start, or when a task declares it
    const void* address = nullptr;
    std::uint8_t width = 8;
    std::uint64_t value = 0;  ///< while the program runs alone, unless
    bool in_memory = false;   ///< its value then is in the memory at its address
  };

  /// An execution begins.
  void reset();
  location_id declare(std::size_t thread, const void* address, std::size_t width,
                      const origin& begin);
  /// The location at an address, new or known; no_location if another one that this execution has
  /// seen there overlaps with it.
  location_id at_address(const void* address, std::size_t width);
  /// Returns the locations that this execution has seen in the aligned eight bytes of an address.
  [[nodiscard]] std::vector<piece> seen_beside(const void* address) const;
  /// Whether at_address() is asked for it for the first time in this execution, while tasks run.
  bool is_first_sight(location_id id);

  [[nodiscard]] entry& operator[](location_id id) { return entries_[id]; }
  [[nodiscard]] const entry& operator[](location_id id) const { return entries_[id]; }
  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  /// How many a thread declared in this execution, and its `number`-th one.
  [[nodiscard]] std::size_t declared(std::size_t thread) const { return declared_[thread]; }
  [[nodiscard]] const entry& declared_by(std::size_t thread, std::size_t number) const {
    return entries_[ids_[thread][number]];
  }

 private:
  /// A location of the C interface, kept with the aligned eight bytes that it lies in.
  struct part {
    std::uint8_t offset = 0;
    std::uint8_t width = 0;
    location_id id = no_location;
  };

  /// Where the parts of eight bytes are that were asked for not long ago: elements of the map stay
  /// where they are.
  struct recent {
    std::uintptr_t begin = 0;
    std::vector<part>* parts = nullptr;
  };
  std::vector<part>& parts_of(std::uintptr_t begin);

  std::vector<entry> entries_;
  std::array<std::vector<location_id>, max_threads> ids_;
  std::array<std::size_t, max_threads> declared_{};
  std::unordered_map<std::uintptr_t, std::vector<part>> words_;
  std::array<recent, 1024> recent_{};
  std::vector<std::uint64_t>
      seen_;  ///< for each location in memory: the last execution that used it
  std::vector<std::uint64_t> started_;  ///< ... while tasks ran
  std::uint64_t execution_ = 0;
};

}  // namespace stockcheck::explore
