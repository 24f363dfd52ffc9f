// SPDX-License-Identifier: GPL-2.0-only
// A kernel tree of our own that mm/memcontrol.c can be cut out of, in a few lines.
#pragma once

#include "kernel_source/tree/tree_path.hpp"

namespace stockcheck::kernel_source {

inline constexpr const char* small_memcontrol_header = R"(
static inline bool is_small(unsigned int pages) { return pages < 8; }
static inline bool is_large(unsigned int pages) { return !is_small(pages); }
static inline bool nobody_asks(void) { return true; }
)";

/// It has what scenarios call, in a few lines of our own.
inline constexpr const char* small_memcontrol = R"(
struct memcg_stock_pcp {
	struct mem_cgroup *cached;
	unsigned int nr_pages;
};
static DEFINE_PER_CPU(struct memcg_stock_pcp, memcg_stock);
static DEFINE_MUTEX(percpu_charge_mutex);

static void refill_stock(struct mem_cgroup *memcg, unsigned int pages)
{
	if (is_large(pages))
		page_counter_uncharge(&memcg->memory, pages);
}
static void drain_local_stock(struct work_struct *work)
{
	this_cpu_ptr(&memcg_stock)->nr_pages = 0;
}
void drain_all_stock(struct mem_cgroup *memcg) { }
static int memcg_hotplug_cpu_dead(unsigned int cpu) { return 0; }
int try_charge_memcg(struct mem_cgroup *memcg, gfp_t gfp, unsigned int pages) { return 0; }
bool mem_cgroup_charge_skmem(struct mem_cgroup *memcg, unsigned int pages, gfp_t gfp)
{
	return try_charge_memcg(memcg, gfp, pages) == 0;
}
void mem_cgroup_uncharge_skmem(struct mem_cgroup *memcg, unsigned int pages)
{
	refill_stock(memcg, pages);
}
static void of_no_interest(void) { frobnicate(); }
)";

inline tree_files small_memcg() {
  return {{"include/linux/page_counter.h",
           "struct page_counter { long usage; };\n"
           "void page_counter_uncharge(struct page_counter *counter, unsigned long pages);\n"},
          {"include/linux/memcontrol.h", small_memcontrol_header},
          {"mm/memcontrol.c", small_memcontrol}};
}

}  // namespace stockcheck::kernel_source
