#include "explore/location_table.hpp"

namespace stockcheck::explore {

void location_table::reset() { declared_.fill(0); }

location_id location_table::declare(std::size_t thread, const void* address, std::size_t width,
                                    const origin& begin) {
  auto& ids = ids_[thread];
  const std::size_t number = declared_[thread]++;
  if (number == ids.size()) {
    ids.push_back(static_cast<location_id>(entries_.size()));
    entries_.emplace_back();
  }
  entries_[ids[number]] = {.begin = begin,
                           .address = address,
                           .width = static_cast<std::uint8_t>(width),
                           .value = begin.value};
  return ids[number];
}

}  // namespace stockcheck::explore
