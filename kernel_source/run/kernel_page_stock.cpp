// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/run/kernel_page_stock.hpp"

#include "kernel_source/run/memcg_hooks.hpp"

#include <array>
#include <cstddef>
#include <functional>

namespace stockcheck::kernel_source {

namespace {

const sc_memcg_stock& table() { return kernel_object::current().memcg_stock(); }

constexpr std::array stock_labels{"stock of cpu0", "stock of cpu1", "stock of cpu2",
                                  "stock of cpu3"};

void drain_local(void*, unsigned cpu) {
  call_kernel(table().drain_local, "drain_local_stock()", cpu);
}
void drain_local_objects(void*, unsigned cpu) {
  call_kernel(table().drain_local_objects, "drain_local_obj_stock()", cpu);
}

/// Whether a work item is that of the objects of a CPU.
bool is_of_objects(unsigned cpu, const void* item) {
  if (table().drain_local_objects == nullptr) return false;
  const sc_obj_stock& objects = kernel_object::current().obj_stock();
  const auto* const begin = static_cast<const std::byte*>(objects.stock_of(cpu));
  const auto* const byte = static_cast<const std::byte*>(item);
  return !std::less<>{}(byte, begin) && std::less<>{}(byte, begin + objects.stock_size);
}

}  // namespace

kernel_page_stock::kernel_page_stock(unsigned batch) : slots_(table().stock_fields, "cached") {
  settings().charge_batch = batch;
  platform& on = kernel_object::current().runs_on();
  for (unsigned cpu = 0; cpu < on.hooks().contexts->nr_cpus(); ++cpu)
    slots_.name_members(table().stock_of(cpu), stock_labels.at(cpu));
  if (table().drain_mutex != nullptr)
    on.name(table().drain_mutex, sizeof(unsigned), "stock", "percpu_charge_mutex");
}

work_functions kernel_page_stock::drains() {
  return {
      .drain = drain_local, .drain_objects = drain_local_objects, .is_of_objects = is_of_objects};
}

void kernel_page_stock::refill(group& memcg, ulong nr_pages) {
  call_kernel(table().refill, "refill_stock()", memcg.self(), static_cast<unsigned>(nr_pages));
}
void kernel_page_stock::drain_all(const group& root) {
  call_kernel(table().drain_all, "drain_all_stock()", root.self());
}
void kernel_page_stock::cpu_dead(unsigned cpu) {
  call_kernel(table().cpu_dead, "memcg_hotplug_cpu_dead()", cpu);
}

kernel_page_stock::ulong kernel_page_stock::batch() const { return settings().charge_batch; }

kernel_page_stock::ulong kernel_page_stock::pages(unsigned cpu, const group& memcg) const {
  ulong sum = 0;
  for (unsigned slot = 0; slot < slots(); ++slot)
    if (slots_.names(table().stock_of(cpu), slot, memcg.self()))
      sum += slots_.number(table().stock_of(cpu), "nr_pages", slot);
  return sum;
}
unsigned kernel_page_stock::pointers(unsigned cpu, const group& memcg) const {
  unsigned pointers = 0;
  for (unsigned slot = 0; slot < slots(); ++slot)
    if (slots_.names(table().stock_of(cpu), slot, memcg.self())) ++pointers;
  return pointers;
}
bool kernel_page_stock::is_flushing(unsigned cpu) const {
  return slots_.number(table().stock_of(cpu), "flags") != 0;
}

void kernel_page_stock::require_one_slot() const {
  if (slots() != 1) not_in_this_kernel("stocks with one slot");
}
void kernel_page_stock::require_several_slots() const {
  if (slots() == 1) not_in_this_kernel("stocks with several slots");
}
void kernel_page_stock::require_victim(memcg::slot_victim how) const {
  const bool at_random = how == memcg::slot_victim::random;
  if (at_random != kernel_object::current().runs_on().has_drawn())
    not_in_this_kernel(at_random ? "slots that are taken away at random"
                                 : "slots that are taken away in turn");
}

}  // namespace stockcheck::kernel_source
