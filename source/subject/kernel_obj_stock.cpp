#include "source/subject/kernel_obj_stock.hpp"

#include <cstdint>

namespace stockcheck::source {

namespace {

const sc_obj_stock& table() { return kernel_obj_cgroup::table(); }

}  // namespace

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
  const int error = charge(objcg, bytes);
  if (error == 0) account(objcg, static_cast<long>(bytes), nid, idx);
  return error;
}
void kernel_objects::uncharge_and_account(objcg_type& objcg, unsigned bytes, unsigned nid,
                                          memcg::slab_stat idx) {
  uncharge(objcg, bytes);
  account(objcg, -static_cast<long>(bytes), nid, idx);
}

/// When no task runs nobody's death is looked at: then a CPU returns what it has, as all kernels
/// can.
void kernel_objects::cpu_dead(unsigned cpu) {
  auto& on = kernel::machine<explored_atomics>::current();
  if (!on.is_booting()) return stock_.cpu_dead(cpu);
  on.run_on(cpu, [] {
    call_kernel(kernel_object::current().memcg_stock().drain_local, "drain_local_stock()");
  });
}

unsigned kernel_objects::bytes(unsigned cpu, const objcg_type& objcg) const {
  return pointers(cpu, objcg) == 0 ? 0 : static_cast<unsigned>(stock_.number(cpu, "nr_bytes"));
}
unsigned kernel_objects::pointers(unsigned cpu, const objcg_type& objcg) const {
  return stock_.number(cpu, "cached_objcg") == reinterpret_cast<std::uintptr_t>(objcg.self()) ? 1
                                                                                              : 0;
}
long kernel_objects::stat(unsigned cpu, const objcg_type& objcg, unsigned nid,
                          memcg::slab_stat idx) const {
  const auto node = reinterpret_cast<std::uintptr_t>(table().node(nid));
  if (pointers(cpu, objcg) == 0 || stock_.number(cpu, "cached_pgdat") != node) return 0;
  const auto kept =
      stock_.number(cpu, idx == memcg::slab_stat::reclaimable ? "nr_slab_reclaimable_b"
                                                              : "nr_slab_unreclaimable_b");
  return static_cast<int>(kept);
}

}  // namespace stockcheck::source
