// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/run/kernel_slots.hpp"

#include "kernel_source/run/kernel_counter.hpp"
#include "kernel_source/run/kernel_structure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <set>
#include <string>
#include <utility>

namespace stockcheck::kernel_source {

namespace {

/// These members are arrays where there are several slots.
constexpr std::array members_of_slots{"cached", "nr_pages", "nr_bytes"};

long as_signed(std::uint64_t bits, std::size_t size) {
  switch (size) {
    case 1: return static_cast<std::int8_t>(bits);
    case 2: return static_cast<std::int16_t>(bits);
    case 4: return static_cast<std::int32_t>(bits);
    default: return static_cast<long>(bits);
  }
}

/// Reports keep the pointer.
const char* kept(std::string text) {
  static std::set<std::string> texts;
  return texts.insert(std::move(text)).first->c_str();
}

}  // namespace

kernel_slots::kernel_slots(const sc_field* fields, std::string_view pointer)
    : fields_(fields), pointer_(pointer) {
  const sc_field* const found = find_field(fields, pointer);
  if (found == nullptr) not_in_this_kernel(fmt::format("stock with {}", pointer));
  count_ = static_cast<unsigned>(found->size / sizeof(void*));
}

bool kernel_slots::has(std::string_view member) const {
  return find_field(fields_, member) != nullptr;
}

bool kernel_slots::is_array(const sc_field& field) const {
  return count_ > 1 && std::ranges::find(members_of_slots, std::string_view{field.name}) !=
                           members_of_slots.end();
}

bool kernel_slots::names(const void* structure, unsigned slot, const void* owner) const {
  return number(structure, pointer_, slot) == reinterpret_cast<std::uintptr_t>(owner);
}

std::uint64_t kernel_slots::number(const void* structure, std::string_view member,
                                   unsigned slot) const {
  const sc_field& field = field_of(member);
  const std::size_t size = is_array(field) ? field.size / count_ : field.size;
  const std::size_t offset = field.offset + (is_array(field) ? slot * size : 0);
  return read_once(static_cast<const std::byte*>(structure) + offset, size);
}
long kernel_slots::signed_number(const void* structure, std::string_view member) const {
  return as_signed(number(structure, member), field_of(member).size);
}

const sc_field& kernel_slots::field_of(std::string_view member) const {
  const sc_field* const field = find_field(fields_, member);
  if (field == nullptr) not_in_this_kernel(fmt::format("{} in its stocks", member));
  return *field;
}

void kernel_slots::name_members(void* structure, const char* label) const {
  platform& on = kernel_object::current().runs_on();
  for (const sc_field* field = fields_; field->name != nullptr; ++field) {
    auto* const at = static_cast<std::byte*>(structure) + field->offset;
    if (!is_array(*field)) {
      on.name(at, field->size, label, field->name);
      continue;
    }
    const std::size_t size = field->size / count_;
    for (unsigned slot = 0; slot < count_; ++slot)
      on.name(at + slot * size, size, label, kept(fmt::format("{}[{}]", field->name, slot)));
  }
}

}  // namespace stockcheck::kernel_source
