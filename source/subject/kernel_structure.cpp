#include "source/subject/kernel_structure.hpp"

#include "source/subject/explored_memory.hpp"

#include <cstddef>

namespace stockcheck::source {

const sc_field* find_field(const sc_field* fields, std::string_view name) {
  for (const sc_field* field = fields; field->name != nullptr; ++field)
    if (field->name == name) return field;
  return nullptr;
}

void name_fields(void* structure, const sc_field* fields, const char* label) {
  for (const sc_field* field = fields; field->name != nullptr; ++field)
    explore_name(static_cast<std::byte*>(structure) + field->offset, field->size, label,
                 field->name);
}

std::uint64_t read_once(const void* member, std::size_t size) {
  const explore_site here{__FILE__, __func__, __LINE__};
  return explored_memory().load(member, size, EXPLORE_RELAXED, &here);
}

}  // namespace stockcheck::source
