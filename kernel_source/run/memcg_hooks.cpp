// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/run/memcg_hooks.hpp"

#include "kernel_source/run/kernel_charge_path.hpp"
#include "kernel_source/run/kernel_mem_cgroup.hpp"

namespace stockcheck::kernel_source {

namespace {

memcg_settings of_execution;

unsigned charge_batch() { return settings().charge_batch; }
unsigned page_shift() { return settings().page_shift; }
bool accounts_memsw() { return settings().accounts_memsw; }

platform& on() { return kernel_object::current().runs_on(); }

void css_get(void* css, long references, const explore_site* at) {
  if (auto* const group = kernel_mem_cgroup::at(css, at); group != nullptr)
    group->get(references, at);
}
/// Whoever does not get a reference reads the pointer to the group again, until it is another one:
/// get_mem_cgroup_from_objcg().
bool css_tryget(void* css, const explore_site* at) {
  on().perform_writes();
  const marked_read pointer = on().last_read();
  auto* const group = kernel_mem_cgroup::at(css, at);
  if (group == nullptr || group->tryget(at)) return true;
  on().wait_for_change(pointer, at);
  return false;
}
void css_put(void* css, long references, const explore_site* at) {
  if (auto* const group = kernel_mem_cgroup::at(css, at); group != nullptr)
    group->put(references, at);
}
void* parent(const void* memcg, const explore_site* at) {
  const auto* const group = kernel_mem_cgroup::at(memcg, at);
  if (group == nullptr || group->is_root()) return nullptr;
  return group->parent()->self();
}
bool is_descendant(const void* memcg, const void* root, const explore_site* at) {
  on().perform_writes();
  const auto* const group = kernel_mem_cgroup::at(memcg, at);
  const auto* const above = kernel_mem_cgroup::at(root, at);
  return group != nullptr && above != nullptr && group->is_descendant_of(*above, at);
}
void counter_used(const void* counter, const explore_site* at) {
  on().perform_writes();
  if (const auto* const group = kernel_mem_cgroup::at(counter, at); group != nullptr)
    group->expect_alive(at);
}
void count(void* memcg, sc_statistic of, long by, const explore_site* at) {
  if (auto* const group = kernel_mem_cgroup::at(memcg, at); group != nullptr)
    group->count(of, by, at);
}

unsigned reclaim_retries() { return kernel_charge_path::retries_of_call(); }
unsigned long reclaim(void* memcg, unsigned long nr_pages, const explore_site* at) {
  on().perform_writes();
  auto* const group = kernel_mem_cgroup::at(memcg, at);
  return group == nullptr ? 0 : kernel_charge_path::reclaim(*group, nr_pages, at);
}
bool oom_kill(void* memcg, const explore_site* at) {
  on().perform_writes();
  auto* const group = kernel_mem_cgroup::at(memcg, at);
  return group != nullptr && kernel_charge_path::oom_kill(*group);
}

}  // namespace

const sc_memcg_hooks& memcg_hooks() {
  static constexpr sc_memcg_hooks table{.charge_batch = charge_batch,
                                        .page_shift = page_shift,
                                        .accounts_memsw = accounts_memsw,
                                        .css_get = css_get,
                                        .css_tryget = css_tryget,
                                        .css_put = css_put,
                                        .parent = parent,
                                        .is_descendant = is_descendant,
                                        .counter_used = counter_used,
                                        .count = count,
                                        .current_task = &kernel_charge_path::current_task,
                                        .reclaim_retries = reclaim_retries,
                                        .reclaim = reclaim,
                                        .oom_kill = oom_kill};
  return table;
}

void forget_memcg() {
  of_execution = {};
  kernel_mem_cgroup::forget_all();
  kernel_charge_path::forget_calls();
}

memcg_settings& settings() { return of_execution; }

}  // namespace stockcheck::kernel_source
