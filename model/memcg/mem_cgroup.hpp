// SPDX-License-Identifier: GPL-2.0-only
// struct mem_cgroup as far as charging sees it: its counters, its parent, and its references.
#pragma once

#include "model/kernel/css.hpp"
#include "model/memcg/page_counter.hpp"

namespace stockcheck::memcg {

/// A memory cgroup of Linux 6.12. `label` names it in reports and is a literal. The parent must
/// outlive it. Born with one reference, its own; the root has none (CSS_NO_REF), like the kernel's.
template <atomics_policy A>
class mem_cgroup {
 public:
  using ulong = unsigned long;

  /// `with_memsw`: cgroup v1 accounts memory and swap in a second counter.
  mem_cgroup(mem_cgroup* parent, const char* label, bool with_memsw = false)
      : memory(parent == nullptr ? nullptr : &parent->memory, false, label),
        memsw(parent == nullptr ? nullptr : &parent->memsw, false, "memsw"),
        parent_(parent),
        with_memsw_(with_memsw),
        css_(label, [](void* self) { static_cast<mem_cgroup*>(self)->released(); }, this) {
    A::label(freed_, label, "freed");
    A::label(memory_freed_, label, "memory freed");
  }
  mem_cgroup(const mem_cgroup&) = delete;
  mem_cgroup& operator=(const mem_cgroup&) = delete;

  page_counter<A> memory;
  page_counter<A> memsw;

  [[nodiscard]] mem_cgroup* parent() const { return parent_; }
  [[nodiscard]] bool is_root() const { return parent_ == nullptr; }
  /// do_memsw_account()
  [[nodiscard]] bool accounts_memsw() const { return with_memsw_; }
  [[nodiscard]] const char* label() const { return memory.label(); }
  /// mem_cgroup_is_descendant(): a group is its own descendant. May be asked without a reference in
  /// an RCU read section.
  [[nodiscard]] bool is_descendant_of(const mem_cgroup& root,
                                      location at = location::current()) const {
    expect_memory(at);
    for (const mem_cgroup* m = this; m != nullptr; m = m->parent_)
      if (m == &root) return true;
    return false;
  }

  /// css_get_many(), css_tryget(), css_put_many(); nothing for the root.
  void get(long references = 1, location at = location::current()) {
    if (is_root()) return;
    css_.get(references, at);
    expect_alive(at);
  }
  bool tryget(location at = location::current()) { return is_root() || css_.tryget(at); }
  void put(long references = 1, location at = location::current()) {
    // (1) Fully ordered: what was done with the references comes before; pairs with (1) in
    // released().
    if (!is_root()) css_.put(references, at);
  }
  [[nodiscard]] long references() const { return is_root() ? 0 : css_.count(); }

  /// memcg_uncharge(): what nobody holds any more, from it and all above it.
  void uncharge(ulong nr_pages, location at = location::current()) {
    expect_alive(at);
    memory.uncharge(nr_pages);
    if (with_memsw_) memsw.uncharge(nr_pages);
  }

  /// Whoever uses a mem_cgroup needs a reference: after the last one is put it is freed. A use that
  /// nothing orders before that is a race as well.
  void expect_alive(location at = location::current()) const {
    A::expect(freed_.load(at) == 0, oracle::references, "a mem_cgroup is used after it was freed",
              {}, at);
  }
  [[nodiscard]] bool is_freed() const { return freed_.load() != 0; }

  /// What css_free_rwork_fn() does when the references are gone and a grace period has passed: not
  /// even a reader under RCU may look at the group any more.
  void free_memory(location at = location::current()) {
    memory_freed_.store(1, order::relaxed, at);
  }
  void expect_memory(location at) const {
    A::expect(memory_freed_.load(order::relaxed, at) == 0, oracle::references,
              "the memory of a mem_cgroup is used after it was freed", {}, at);
  }

 private:
  void released() {
    // (1) Fully ordered by the last put, which calls this: nobody uses the group any more; pairs
    // with (1) in put().
    A::expect(freed_.load() == 0, oracle::references, "a mem_cgroup is freed twice");
    freed_.store(1);
  }

  mem_cgroup* parent_;
  bool with_memsw_;
  kernel::css_ref<A> css_;
  typename A::template plain<int> freed_{0};
  /// Atomic: that a reader came too late is not a race but a broken promise.
  typename A::template atomic<int> memory_freed_{0};
};

}  // namespace stockcheck::memcg
