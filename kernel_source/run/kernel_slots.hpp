// SPDX-License-Identifier: GPL-2.0-only
// The members of a stock of the kernel's own file, some of which it has once for each slot.
#pragma once

#include "kernel_source/shim/memcg_stock.h"

#include <cstdint>
#include <string_view>

namespace stockcheck::kernel_source {

/// Reads the members of a structure that has one slot, or arrays with an element for each slot.
class kernel_slots {
 public:
  /// `fields` are the structure's; `pointer` is that which says whose a slot is.
  kernel_slots(const sc_field* fields, std::string_view pointer);

  /// How many slots there are.
  [[nodiscard]] unsigned count() const { return count_; }
  /// Whether a slot is that of `owner`.
  [[nodiscard]] bool names(const void* structure, unsigned slot, const void* owner) const;
  /// What a member holds, that of a slot if it is an array. Ends the execution if this kernel has
  /// no such member.
  [[nodiscard]] std::uint64_t number(const void* structure, std::string_view member,
                                     unsigned slot = 0) const;
  /// Returns what number() returns, for a member that may be negative.
  [[nodiscard]] long signed_number(const void* structure, std::string_view member) const;
  [[nodiscard]] bool has(std::string_view member) const;
  /// Names the members "label.member" in reports, and those of slots "label.member[0]". The label
  /// is a literal.
  void name_members(void* structure, const char* label) const;

 private:
  [[nodiscard]] const sc_field& field_of(std::string_view member) const;
  [[nodiscard]] bool is_array(const sc_field& field) const;

  const sc_field* fields_;
  std::string_view pointer_;
  unsigned count_;
};

}  // namespace stockcheck::kernel_source
