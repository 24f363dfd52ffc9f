// SPDX-License-Identifier: GPL-2.0-only
#include "stress/topology.hpp"

#include <hwloc.h>

#include <algorithm>
#include <map>
#include <stdexcept>
#include <tuple>

namespace stockcheck::stress {

namespace {

struct free_set {
  void operator()(hwloc_bitmap_t set) const { hwloc_bitmap_free(set); }
};
using cpu_set = std::unique_ptr<hwloc_bitmap_s, free_set>;

hwloc_topology_t new_tree() {
  hwloc_topology_t tree = nullptr;
  if (hwloc_topology_init(&tree) != 0) throw std::runtime_error("hwloc cannot start");
  return tree;
}

void load(hwloc_topology_t tree) {
  if (hwloc_topology_load(tree) != 0)
    throw std::runtime_error("hwloc cannot read the topology of the machine");
}

/// hwloc itself respects the cpuset of the control group, but not the mask of the thread. On a
/// system that has no such mask there is nothing to leave out.
void leave_out_what_is_not_allowed(hwloc_topology_t tree) {
  const cpu_set allowed{hwloc_bitmap_alloc()};
  if (hwloc_get_cpubind(tree, allowed.get(), HWLOC_CPUBIND_THREAD) != 0) return;
  if (hwloc_topology_restrict(tree, allowed.get(), 0) != 0)
    throw std::runtime_error("hwloc cannot restrict the topology to the allowed processing units");
}

unsigned index_of_ancestor(hwloc_topology_t tree, hwloc_obj_type_t type, hwloc_obj_t object) {
  const hwloc_obj* const ancestor = hwloc_get_ancestor_obj_by_type(tree, type, object);
  return ancestor == nullptr ? 0 : ancestor->logical_index;
}

/// In hwloc's order: by package, core, unit. Machines without packages have one, and a unit that is
/// in no core is one.
std::vector<topology::unit> units_of(hwloc_topology_t tree) {
  std::vector<topology::unit> units;
  std::map<unsigned, std::map<unsigned, unsigned>> cores_of_package;
  std::map<unsigned, unsigned> threads_of_core;
  hwloc_obj_t pu = nullptr;
  while ((pu = hwloc_get_next_obj_by_type(tree, HWLOC_OBJ_PU, pu)) != nullptr) {
    const unsigned package = index_of_ancestor(tree, HWLOC_OBJ_PACKAGE, pu);
    const bool in_core = hwloc_get_ancestor_obj_by_type(tree, HWLOC_OBJ_CORE, pu) != nullptr;
    const unsigned core = in_core ? index_of_ancestor(tree, HWLOC_OBJ_CORE, pu) : pu->logical_index;
    auto& cores = cores_of_package[package];
    const unsigned core_in_package =
        cores.try_emplace(core, static_cast<unsigned>(cores.size())).first->second;
    units.push_back({package, core_in_package, threads_of_core[core]++, pu->os_index});
  }
  return units;
}

}  // namespace

void topology::destroy::operator()(hwloc_topology* tree) const { hwloc_topology_destroy(tree); }

topology::topology(tree_pointer tree, bool exists)
    : tree_(std::move(tree)), exists_(exists), units_(units_of(tree_.get())) {
  if (units_.empty()) throw std::runtime_error("hwloc finds no processing unit");
  std::ranges::sort(units_, {},
                    [](const unit& u) { return std::tuple(u.thread, u.core, u.package); });
}

topology topology::of_this_machine() {
  tree_pointer tree{new_tree()};
  load(tree.get());
  leave_out_what_is_not_allowed(tree.get());
  return {std::move(tree), true};
}

topology topology::synthetic(const std::string& description) {
  tree_pointer tree{new_tree()};
  if (hwloc_topology_set_synthetic(tree.get(), description.c_str()) != 0)
    throw std::runtime_error("hwloc does not understand the topology '" + description + "'");
  load(tree.get());
  return {std::move(tree), false};
}

bool topology::bind_this_thread(unsigned i) const {
  // hwloc would pretend to have bound the thread to a unit of a machine that does not exist.
  if (!exists_) return false;
  const cpu_set target{hwloc_bitmap_alloc()};
  return hwloc_bitmap_only(target.get(), unit_of(i).os_index) == 0 &&
         hwloc_set_cpubind(tree_.get(), target.get(), HWLOC_CPUBIND_THREAD) == 0;
}

}  // namespace stockcheck::stress
