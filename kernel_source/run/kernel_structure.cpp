// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/run/kernel_structure.hpp"

#include "kernel_source/run/kernel_object.hpp"

#include <cstddef>

namespace stockcheck::kernel_source {

const sc_field* find_field(const sc_field* fields, std::string_view name) {
  for (const sc_field* field = fields; field->name != nullptr; ++field)
    if (field->name == name) return field;
  return nullptr;
}

void name_fields(void* structure, const sc_field* fields, const char* label) {
  platform& on = kernel_object::current().runs_on();
  for (const sc_field* field = fields; field->name != nullptr; ++field)
    on.name(static_cast<std::byte*>(structure) + field->offset, field->size, label, field->name);
}

std::uint64_t read_once(const void* member, std::size_t size) {
  const explore_site here{__FILE__, __func__, __LINE__};
  return kernel_object::current().runs_on().hooks().load(member, size, EXPLORE_RELAXED, &here);
}

}  // namespace stockcheck::kernel_source
