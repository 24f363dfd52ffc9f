// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/run/kernel_kmem_cgroup.hpp"

#include "kernel_source/run/kernel_obj_cgroup.hpp"

namespace stockcheck::kernel_source {

namespace {

constexpr std::array node_names{"slab[node0]", "slab[node1]"};
static_assert(node_names.size() == kernel_kmem_cgroup::max_nodes);

platform& on() { return kernel_object::current().runs_on(); }

}  // namespace

kernel_kmem_cgroup::kernel_kmem_cgroup(kernel_kmem_cgroup* parent, const char* label)
    : kernel_mem_cgroup(parent, label), parent_(parent) {
  call_kernel(kernel_obj_cgroup::table().init_group, "struct mem_cgroup", self());
  for (of_nodes& of_cpu : slabs_)
    for (unsigned nid = 0; nid < max_nodes; ++nid)
      for (long& cell : of_cpu.at(nid)) on().name(&cell, sizeof cell, label, node_names.at(nid));
}

kernel_kmem_cgroup* kernel_kmem_cgroup::of(const void* memcg, const explore_site* at) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-static-cast-downcast): bytes need these groups
  return static_cast<kernel_kmem_cgroup*>(kernel_mem_cgroup::at(memcg, at));
}

void kernel_kmem_cgroup::count_slab(unsigned nid, memcg::slab_stat idx, long by,
                                    const explore_site* at) {
  expect_memory(at);
  const unsigned cpu = on().hooks().contexts->this_cpu(at);
  on().hooks().rmw(&slabs_.at(cpu).at(nid).at(static_cast<std::size_t>(idx)), sizeof(long),
                   EXPLORE_FETCH_ADD, static_cast<std::uint64_t>(by), EXPLORE_RELAXED, at);
}

long kernel_kmem_cgroup::lruvec_state(unsigned nid, memcg::slab_stat idx) const {
  long sum = 0;
  for (const of_nodes& of_cpu : slabs_)
    sum += static_cast<long>(
        read_once(&of_cpu.at(nid).at(static_cast<std::size_t>(idx)), sizeof(long)));
  return sum;
}

}  // namespace stockcheck::kernel_source
