// SPDX-License-Identifier: GPL-2.0-only
// Names of objects for Relacy's histories, which know addresses alone.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace stockcheck {

/// The labels of one execution. Fixed storage: while Relacy simulates, every allocation is its own.
/// Not thread-safe, like Relacy. Labels beyond the capacity are dropped; their objects keep their
/// address as name.
class relacy_names {
 public:
  /// The strings must outlive the execution.
  struct entry {
    std::uintptr_t address = 0;
    std::size_t bytes = 0;
    const char* owner = "";
    const char* name = "";
  };

  static void clear() { size() = 0; }
  static void add(const entry& label) {
    if (size() < table().size()) table().at(size()++) = label;
  }
  /// The latest label of an object that contains the address; null if there is none.
  static const entry* find(std::uintptr_t address) {
    for (std::size_t i = size(); i-- > 0;) {
      const entry& label = table().at(i);
      if (address - label.address < label.bytes) return &label;
    }
    return nullptr;
  }

 private:
  static constexpr std::size_t capacity = 512;
  // Code that is loaded has the runner's: they are no inline functions.
  static std::array<entry, capacity>& table();
  static std::size_t& size();
};

}  // namespace stockcheck
