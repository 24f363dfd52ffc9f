#include "source/subject/kernel_memcg_stock.hpp"

#include "source/subject/explored_memcg.hpp"

#include <fmt/format.h>

#include <array>
#include <cstddef>

namespace stockcheck::source {

namespace {

const sc_memcg_stock& table() { return kernel_object::current().memcg_stock(); }

constexpr std::array stock_labels{"stock of cpu0", "stock of cpu1", "stock of cpu2",
                                  "stock of cpu3"};

}  // namespace

kernel_memcg_stock::kernel_memcg_stock(const kernel::cpu_mask<explored_atomics>& online,
                                       unsigned batch)
    : cpus_(online, [](void*) { call_kernel(table().drain_local, "drain_local_stock()"); }) {
  settings().charge_batch = batch;
  for (unsigned cpu = 0; cpu < explored_memory().contexts->nr_cpus(); ++cpu)
    name_fields(table().stock_of(cpu), table().stock_fields, stock_labels.at(cpu));
  if (table().drain_mutex != nullptr)
    explore_name(table().drain_mutex, sizeof(unsigned), "stock", "percpu_charge_mutex");
}

void kernel_memcg_stock::refill(group& memcg, ulong nr_pages) {
  call_kernel(table().refill, "refill_stock()", memcg.self(), static_cast<unsigned>(nr_pages));
}
void kernel_memcg_stock::drain_all(const group& root) {
  call_kernel(table().drain_all, "drain_all_stock()", root.self());
}
void kernel_memcg_stock::cpu_dead(unsigned cpu) {
  call_kernel(table().cpu_dead, "memcg_hotplug_cpu_dead()", cpu);
}

kernel_memcg_stock::ulong kernel_memcg_stock::batch() const { return settings().charge_batch; }

kernel_memcg_stock::ulong kernel_memcg_stock::pages(unsigned cpu, const group& memcg) const {
  return pointers(cpu, memcg) == 0 ? 0 : number(cpu, "nr_pages");
}
unsigned kernel_memcg_stock::pointers(unsigned cpu, const group& memcg) const {
  return number(cpu, "cached") == reinterpret_cast<std::uintptr_t>(memcg.self()) ? 1 : 0;
}
bool kernel_memcg_stock::is_flushing(unsigned cpu) const { return number(cpu, "flags") != 0; }

std::uint64_t kernel_memcg_stock::number(unsigned cpu, const char* field) {
  const sc_field* const found = find_field(table().stock_fields, field);
  if (found == nullptr) {
    not_in_this_kernel(fmt::format("memcg_stock_pcp.{}", field));
    return 0;
  }
  return read_once(static_cast<const std::byte*>(table().stock_of(cpu)) + found->offset,
                   found->size);
}

}  // namespace stockcheck::source
