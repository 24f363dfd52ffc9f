// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/run/kernel_obj_stock.hpp"

#include <array>
#include <cstdint>

namespace stockcheck::kernel_source {

namespace {

const sc_obj_stock& table() { return kernel_obj_cgroup::table(); }

constexpr std::array labels{"objects of cpu0", "objects of cpu1", "objects of cpu2",
                            "objects of cpu3"};

}  // namespace

kernel_objects::kernel_objects()
    : slots_(table().stock_fields, find_field(table().stock_fields, "cached_objcg") == nullptr
                                       ? "cached"
                                       : "cached_objcg") {
  if (!have_own_work()) return;
  const unsigned nr_cpus = kernel_object::current().runs_on().hooks().contexts->nr_cpus();
  for (unsigned cpu = 0; cpu < nr_cpus; ++cpu)
    slots_.name_members(table().stock_of(cpu), labels.at(cpu));
}

bool kernel_objects::have_own_work() {
  return kernel_object::current().memcg_stock().drain_local_objects != nullptr;
}
void kernel_objects::drain_local(unsigned cpu) {
  const sc_memcg_stock& pages = kernel_object::current().memcg_stock();
  call_kernel(have_own_work() ? pages.drain_local_objects : pages.drain_local,
              "drain_local_stock()", cpu);
}
void kernel_objects::require_slots(bool several) const {
  if ((slots() > 1) != several)
    not_in_this_kernel(several ? "object stocks with several slots"
                               : "object stocks with one slot");
}

int kernel_objects::charge(objcg_type& objcg, unsigned bytes) {
  return call_kernel(table().charge, "obj_cgroup_charge()", objcg.self(),
                     static_cast<std::size_t>(bytes));
}
void kernel_objects::uncharge(objcg_type& objcg, unsigned bytes) {
  call_kernel(table().uncharge, "obj_cgroup_uncharge()", objcg.self(),
              static_cast<std::size_t>(bytes));
}
void kernel_objects::account(objcg_type& objcg, long bytes, unsigned nid, memcg::slab_stat idx) {
  call_kernel(table().account, "mod_objcg_state()", objcg.self(), nid,
              idx == memcg::slab_stat::reclaimable, static_cast<int>(bytes));
}
int kernel_objects::charge_and_account(objcg_type& objcg, unsigned bytes, unsigned nid,
                                       memcg::slab_stat idx) {
  const bool is_reclaimable = idx == memcg::slab_stat::reclaimable;
  if (table().charge_and_account != nullptr)
    return call_kernel(table().charge_and_account, "", objcg.self(),
                       static_cast<std::size_t>(bytes), nid, is_reclaimable);
  const int error = charge(objcg, bytes);
  if (error == 0) account(objcg, static_cast<long>(bytes), nid, idx);
  return error;
}
void kernel_objects::uncharge_and_account(objcg_type& objcg, unsigned bytes, unsigned nid,
                                          memcg::slab_stat idx) {
  const bool is_reclaimable = idx == memcg::slab_stat::reclaimable;
  if (table().uncharge_and_account != nullptr) {
    call_kernel(table().uncharge_and_account, "", objcg.self(), static_cast<std::size_t>(bytes),
                nid, is_reclaimable);
    return;
  }
  uncharge(objcg, bytes);
  account(objcg, -static_cast<long>(bytes), nid, idx);
}

bool kernel_objects::is_flushing(unsigned cpu) const {
  return slots_.number(table().stock_of(cpu), "flags") != 0;
}

unsigned kernel_objects::bytes(unsigned cpu, const objcg_type& objcg) const {
  const void* const stock = table().stock_of(cpu);
  unsigned sum = 0;
  for (unsigned slot = 0; slot < slots(); ++slot)
    if (slots_.names(stock, slot, objcg.self()))
      sum += static_cast<unsigned>(slots_.number(stock, "nr_bytes", slot));
  return sum;
}
unsigned kernel_objects::pointers(unsigned cpu, const objcg_type& objcg) const {
  unsigned pointers = 0;
  for (unsigned slot = 0; slot < slots(); ++slot)
    if (slots_.names(table().stock_of(cpu), slot, objcg.self())) ++pointers;
  return pointers;
}

/// Where there is one slot, what is kept is of its owner; otherwise an index says whose it is.
bool kernel_objects::keeps_statistics_of(unsigned cpu, const objcg_type& objcg,
                                         unsigned nid) const {
  const void* const stock = table().stock_of(cpu);
  if (slots_.has("index")) {
    const long owner = slots_.signed_number(stock, "index");
    return owner >= 0 && slots_.names(stock, static_cast<unsigned>(owner), objcg.self()) &&
           slots_.signed_number(stock, "node_id") == static_cast<long>(nid);
  }
  const auto node = reinterpret_cast<std::uintptr_t>(table().node(nid));
  return pointers(cpu, objcg) != 0 && slots_.number(stock, "cached_pgdat") == node;
}
long kernel_objects::stat(unsigned cpu, const objcg_type& objcg, unsigned nid,
                          memcg::slab_stat idx) const {
  if (!keeps_statistics_of(cpu, objcg, nid)) return 0;
  return slots_.signed_number(table().stock_of(cpu), idx == memcg::slab_stat::reclaimable
                                                         ? "nr_slab_reclaimable_b"
                                                         : "nr_slab_unreclaimable_b");
}

}  // namespace stockcheck::kernel_source
