#include "source/subject/explored_objects.hpp"

#include "explore/runtime.hpp"
#include "source/subject/explored_memory.hpp"
#include "source/subject/kernel_kmem_cgroup.hpp"

#include <array>
#include <utility>

namespace stockcheck::source {

namespace {

/// Of each task.
std::array<void*, explore::max_threads> current{};

void* current_objcg() { return current.at(explore::task()); }

void free_later(void* memory, const explore_site* at) {
  perform_writes();
  kernel_obj_cgroup* const objcg = kernel_obj_cgroup::of(memory);
  if (objcg == nullptr) return explore_unsupported("kfree_rcu() of what is no obj_cgroup", at);
  objcg->free_later(at);
}

void count_slab(void* memcg, unsigned nid, bool reclaimable, long by, const explore_site* at) {
  perform_writes();
  kernel_kmem_cgroup::of(memcg, at).count_slab(
      nid, reclaimable ? memcg::slab_stat::reclaimable : memcg::slab_stat::unreclaimable, by, at);
}

void bad_reference(const char* what, const explore_site* at) {
  expect(false, oracle::references, what, {}, at);
}

}  // namespace

const sc_object_hooks& explored_objects() {
  static constexpr sc_object_hooks table{.current_objcg = current_objcg,
                                         .free_later = free_later,
                                         .count_slab = count_slab,
                                         .bad_reference = bad_reference};
  return table;
}

charging_for::charging_for(kernel_obj_cgroup& objcg)
    : before_(std::exchange(current.at(explore::task()), objcg.self())) {}
charging_for::~charging_for() { current.at(explore::task()) = before_; }

void forget_objects() { current.fill(nullptr); }

}  // namespace stockcheck::source
