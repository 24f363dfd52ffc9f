// SPDX-License-Identifier: GPL-2.0-only
#include "explore/location_table.hpp"

namespace stockcheck::explore {

namespace {

constexpr std::uintptr_t word = 8;

}  // namespace

void location_table::reset() {
  declared_.fill(0);
  ++execution_;
}

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

std::vector<location_table::part>& location_table::parts_of(std::uintptr_t begin) {
  recent& last = recent_[begin / word % recent_.size()];
  if (last.begin != begin || last.parts == nullptr) last = {begin, &words_[begin]};
  return *last.parts;
}

location_id location_table::at_address(const void* address, std::size_t width) {
  const auto byte = reinterpret_cast<std::uintptr_t>(address);
  const std::size_t offset = byte % word;
  auto& parts = parts_of(byte - offset);

  // Memory is used again by other executions, perhaps in other pieces.
  const auto overlaps = [&](const part& p) {
    return offset < std::size_t{p.offset} + p.width && p.offset < offset + width &&
           seen_[p.id] == execution_;
  };
  location_id found = no_location;
  for (const part& p : parts) {
    if (p.offset == offset && p.width == width)
      found = p.id;
    else if (overlaps(p))
      return no_location;
  }
  if (found == no_location) {
    found = static_cast<location_id>(entries_.size());
    entries_.push_back({.begin = {},
                        .address = address,
                        .width = static_cast<std::uint8_t>(width),
                        .in_memory = true});
    parts.push_back({static_cast<std::uint8_t>(offset), static_cast<std::uint8_t>(width), found});
    seen_.resize(entries_.size());
    started_.resize(entries_.size());
  }
  seen_[found] = execution_;
  return found;
}

std::vector<piece> location_table::seen_beside(const void* address) const {
  const auto byte = reinterpret_cast<std::uintptr_t>(address);
  const std::uintptr_t begin = byte - byte % word;
  std::vector<piece> seen;
  if (const auto known = words_.find(begin); known != words_.end())
    for (const part& p : known->second)
      if (seen_[p.id] == execution_) seen.push_back({begin + p.offset, p.width});
  return seen;
}

bool location_table::is_first_sight(location_id id) {
  const bool first = started_[id] != execution_;
  started_[id] = execution_;
  return first;
}

}  // namespace stockcheck::explore
