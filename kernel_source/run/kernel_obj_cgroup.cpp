// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/run/kernel_obj_cgroup.hpp"

#include "kernel_source/run/memcg_hooks.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <vector>

namespace stockcheck::kernel_source {

namespace {

/// Returns the obj_cgroups of the running execution.
std::vector<kernel_obj_cgroup*>& present() {
  static std::vector<kernel_obj_cgroup*> all;
  return all;
}

platform& on() { return kernel_object::current().runs_on(); }
const sc_hook_table& hooks() { return on().hooks(); }

constexpr std::array cell_names{"references", "memcg", "nr_charged_bytes", "list.next",
                                "list.prev"};
static_assert(cell_names.size() == SC_NR_OBJCG_CELLS);

}  // namespace

long number_at(const sc_cell& cell) {
  const auto bits = hooks().load(cell.at, cell.size, EXPLORE_RELAXED, &in_scenario);
  return cell.size == sizeof(int) ? static_cast<int>(bits) : static_cast<long>(bits);
}

void* kernel_obj_cgroup::online(group& memcg, memcg::objcg_rules rules) {
  settings().page_shift = static_cast<unsigned>(std::countr_zero(rules.page_size));
  return call_kernel(table().online, "obj_cgroup_alloc()", memcg.self());
}

kernel_obj_cgroup::kernel_obj_cgroup(group& memcg, const char* label, memcg::objcg_rules rules)
    : label_(label), memory_(online(memcg, rules)) {
  on().name(&kfree_rcu_, sizeof kfree_rcu_, label, "kfree_rcu");
  for (int which = 0; which < SC_NR_OBJCG_CELLS; ++which) {
    const sc_cell cell = table().objcg_cell(memory_, static_cast<sc_objcg_cell>(which));
    on().name(cell.at, cell.size, label, cell_names.at(static_cast<std::size_t>(which)));
  }
  present().push_back(this);
}
kernel_obj_cgroup::~kernel_obj_cgroup() {
  std::erase(present(), this);
  if (!at_end_) hooks().free(memory_, &in_scenario);
}

kernel_obj_cgroup* kernel_obj_cgroup::of(const void* memory) {
  const auto found = std::ranges::find(present(), memory, &kernel_obj_cgroup::self);
  return found == present().end() ? nullptr : *found;
}

void kernel_obj_cgroup::get() { call_kernel(table().get, "obj_cgroup_get()", memory_); }
void kernel_obj_cgroup::put() { call_kernel(table().put, "obj_cgroup_put()", memory_); }

long kernel_obj_cgroup::cell_references() const {
  return number_at(table().objcg_cell(memory_, SC_OBJCG_REFERENCES));
}
long kernel_obj_cgroup::cell_bytes() const {
  return number_at(table().objcg_cell(memory_, SC_OBJCG_CHARGED_BYTES));
}

bool kernel_obj_cgroup::asked(explore_order order) const {
  return hooks().load(&kfree_rcu_, sizeof kfree_rcu_, order, &in_scenario) != 0;
}
void kernel_obj_cgroup::free_later(const explore_site* at) {
  on().expect(!asked(EXPLORE_RELAXED), oracle::references, "an obj_cgroup is released twice", {},
              at);
  hooks().store(&kfree_rcu_, sizeof kfree_rcu_, 1, EXPLORE_RELEASE, &in_scenario);
}
void kernel_obj_cgroup::free_memory() {
  at_end_ = last_state{.references = cell_references(), .bytes = cell_bytes()};
  hooks().free(memory_, &in_scenario);
}

void memcg_reparent_objcgs(kernel_kmem_cgroup& memcg) {
  call_kernel(kernel_obj_cgroup::table().reparent, "memcg_reparent_objcgs()", memcg.self(),
              memcg.parent()->self());
}
kernel_obj_cgroup* get_obj_cgroup_from_memcg(kernel_kmem_cgroup& memcg) {
  return kernel_obj_cgroup::of(call_kernel(kernel_obj_cgroup::table().objcg_of,
                                           "__get_obj_cgroup_from_memcg()", memcg.self()));
}

}  // namespace stockcheck::kernel_source
