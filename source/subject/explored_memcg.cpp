#include "source/subject/explored_memcg.hpp"

#include "source/subject/explored_memory.hpp"
#include "source/subject/kernel_charge_path.hpp"
#include "source/subject/kernel_mem_cgroup.hpp"

namespace stockcheck::source {

namespace {

memcg_settings of_execution;

unsigned charge_batch() { return settings().charge_batch; }
unsigned page_shift() { return settings().page_shift; }
bool accounts_memsw() { return settings().accounts_memsw; }

void css_get(void* css, long references, const explore_site* at) {
  kernel_mem_cgroup::at(css, at).get(references, at);
}
/// Whoever does not get a reference reads the pointer to the group again, until it is another one:
/// get_mem_cgroup_from_objcg().
bool css_tryget(void* css, const explore_site* at) {
  perform_writes();
  const marked_read pointer = last_read();
  if (kernel_mem_cgroup::at(css, at).tryget(at)) return true;
  wait_for_change(pointer, at);
  return false;
}
void css_put(void* css, long references, const explore_site* at) {
  kernel_mem_cgroup::at(css, at).put(references, at);
}
void* parent(const void* memcg, const explore_site* at) {
  const kernel_mem_cgroup* const above = kernel_mem_cgroup::at(memcg, at).parent();
  return above == nullptr ? nullptr : above->self();
}
bool is_descendant(const void* memcg, const void* root, const explore_site* at) {
  perform_writes();
  return kernel_mem_cgroup::at(memcg, at).is_descendant_of(kernel_mem_cgroup::at(root, at), at);
}
void counter_used(const void* counter, const explore_site* at) {
  perform_writes();
  kernel_mem_cgroup::at(counter, at).expect_alive(at);
}
void count(void* memcg, sc_statistic of, long by, const explore_site* at) {
  kernel_mem_cgroup::at(memcg, at).count(of, by, at);
}

unsigned reclaim_retries() { return kernel_charge_path::retries_of_call(); }
unsigned long reclaim(void* memcg, unsigned long nr_pages, const explore_site* at) {
  perform_writes();
  return kernel_charge_path::reclaim(kernel_mem_cgroup::at(memcg, at), nr_pages, at);
}
bool oom_kill(void* memcg, const explore_site* at) {
  perform_writes();
  return kernel_charge_path::oom_kill(kernel_mem_cgroup::at(memcg, at));
}

}  // namespace

const sc_memcg_hooks& explored_memcg() {
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

}  // namespace stockcheck::source
