#include "source/kernel_page_counter.hpp"

#include "source/source_error.hpp"

#include <fmt/format.h>

#include <span>

namespace stockcheck::source {

namespace {

const sc_field* find_field(const sc_page_counter& table, std::string_view name) {
  for (const sc_field* field = table.fields; field->name != nullptr; ++field)
    if (field->name == name) return field;
  return nullptr;
}

}  // namespace

void not_in_this_kernel(std::string_view what) {
  explored_memory().unsupported(std::string(what).c_str(), nullptr);
}

kernel_page_counter::kernel_page_counter(kernel_page_counter* parent, bool protection_support,
                                         const char* label)
    : label_(label) {
  static_assert(alignof(kernel_page_counter) >= 64);
  if (table().size > memory_.size() || table().alignment > alignof(kernel_page_counter))
    throw source_error(fmt::format("struct page_counter has {} bytes aligned to {}, more than {}",
                                   table().size, table().alignment, memory_.size()));
  for (const sc_field* field = table().fields; field->name != nullptr; ++field)
    explore_name(memory_.data() + field->offset, field->size, label, field->name);
  call_kernel(table().init, "page_counter_init()", self(),
              parent == nullptr ? static_cast<void*>(nullptr) : parent->self(), protection_support);
}

kernel_page_counter::ulong kernel_page_counter::read() const {
  return call_kernel(table().read, "page_counter_read()", self());
}
void kernel_page_counter::charge(ulong nr_pages) {
  call_kernel(table().charge, "page_counter_charge()", self(), nr_pages);
}
bool kernel_page_counter::try_charge(ulong nr_pages, kernel_page_counter*& fail) {
  void* failed = nullptr;
  const bool charged =
      call_kernel(table().try_charge, "page_counter_try_charge()", self(), nr_pages, &failed);
  if (failed != nullptr) fail = static_cast<kernel_page_counter*>(failed);
  return charged;
}
void kernel_page_counter::cancel(ulong nr_pages) {
  call_kernel(table().cancel, "page_counter_cancel()", self(), nr_pages);
}
void kernel_page_counter::uncharge(ulong nr_pages) {
  call_kernel(table().uncharge, "page_counter_uncharge()", self(), nr_pages);
}
int kernel_page_counter::set_max(ulong nr_pages) {
  return call_kernel(table().set_max, "page_counter_set_max()", self(), nr_pages);
}
void kernel_page_counter::set_min(ulong nr_pages) {
  call_kernel(table().set_min, "page_counter_set_min()", self(), nr_pages);
}
void kernel_page_counter::set_low(ulong nr_pages) {
  call_kernel(table().set_low, "page_counter_set_low()", self(), nr_pages);
}
void kernel_page_counter::set_high(ulong nr_pages) {
  call_kernel(table().set_high, "page_counter_set_high()", self(), nr_pages);
}
void kernel_page_counter::reset_watermark() {
  call_kernel(table().reset_watermark, "page_counter_reset_watermark()", self());
}
void calculate_protection(kernel_page_counter& root, kernel_page_counter& counter, bool recursive) {
  call_kernel(kernel_page_counter::table().calculate_protection,
              "page_counter_calculate_protection()", root.self(), counter.self(), recursive);
}

kernel_page_counter::ulong kernel_page_counter::number(std::string_view field,
                                                       bool optional) const {
  const sc_field* const found = find_field(table(), field);
  if (found == nullptr) {
    if (!optional) not_in_this_kernel(fmt::format("page_counter.{}", field));
    return 0;
  }
  const explore_site here{__FILE__, __func__, __LINE__};
  return explored_memory().load(memory_.data() + found->offset, found->size, EXPLORE_RELAXED,
                                &here);
}

}  // namespace stockcheck::source
