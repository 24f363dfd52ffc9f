// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/run/kernel_counter.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <cstring>

namespace stockcheck::kernel_source {

void kernel_counter::init(const kernel_counter* parent, bool protection_support) {
  name_fields(self_, table().fields, label_);
  call_kernel(table().init, "page_counter_init()", self_,
              parent == nullptr ? static_cast<void*>(nullptr) : parent->self_, protection_support);
}

kernel_counter::ulong kernel_counter::read() const {
  if (is_gone_ != nullptr && *is_gone_) return number("usage");
  return call_kernel(table().read, "page_counter_read()", self_);
}
void kernel_counter::charge(ulong nr_pages) {
  call_kernel(table().charge, "page_counter_charge()", self_, nr_pages);
}
void kernel_counter::cancel(ulong nr_pages) {
  call_kernel(table().cancel, "page_counter_cancel()", self_, nr_pages);
}
void kernel_counter::uncharge(ulong nr_pages) {
  call_kernel(table().uncharge, "page_counter_uncharge()", self_, nr_pages);
}
int kernel_counter::set_max(ulong nr_pages) {
  return call_kernel(table().set_max, "page_counter_set_max()", self_, nr_pages);
}
void kernel_counter::set_min(ulong nr_pages) {
  call_kernel(table().set_min, "page_counter_set_min()", self_, nr_pages);
}
void kernel_counter::set_low(ulong nr_pages) {
  call_kernel(table().set_low, "page_counter_set_low()", self_, nr_pages);
}
void kernel_counter::set_high(ulong nr_pages) {
  call_kernel(table().set_high, "page_counter_set_high()", self_, nr_pages);
}
void kernel_counter::reset_watermark() {
  call_kernel(table().reset_watermark, "page_counter_reset_watermark()", self_);
}

kernel_counter::ulong kernel_counter::number(std::string_view field, bool optional) const {
  const sc_field* const found = find_field(table().fields, field);
  if (found == nullptr) {
    if (!optional) not_in_this_kernel(fmt::format("page_counter.{}", field));
    return 0;
  }
  const std::byte* const at = static_cast<const std::byte*>(self_) + found->offset;
  if (is_gone_ != nullptr && *is_gone_) {
    std::uint64_t left = 0;
    std::memcpy(&left, kernel_object::current().runs_on().remains_of(at), found->size);
    return left;
  }
  return read_once(at, found->size);
}

}  // namespace stockcheck::kernel_source
