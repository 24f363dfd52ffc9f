// SPDX-License-Identifier: GPL-2.0-only
// struct obj_cgroup: what kernel objects belong to, which outlives the memory cgroup that they were
// charged to.
//
// Follows mm/memcontrol.c of Linux 6.12 and, for the release, of 6.18: obj_cgroup_alloc(),
// obj_cgroup_release(), get_mem_cgroup_from_objcg(), mod_objcg_mlstate(), memcg_reparent_objcgs().
#pragma once

#include "model/kernel/css.hpp"
#include "model/kernel/irq.hpp"
#include "model/kernel/limits.hpp"
#include "model/kernel/rcu.hpp"
#include "model/memcg/kmem_cgroup.hpp"

namespace stockcheck::memcg {

/// What differs between machines and between kernels.
struct objcg_rules {
  unsigned page_size = kernel::page_size;  ///< bytes; small ones make small scenarios
  /// Since 6.16 pages that belong to the root are not taken off its counter, although they were
  /// added to it on behalf of a child.
  bool root_keeps_pages = false;
};

/// Every accounted object, every stock that names it and the memory cgroup itself hold a reference.
/// Left out: the second one of the memory cgroup (orig_objcg, 6.7), which goes when that is freed.
/// Amounts are bytes unless said otherwise. Thread-safe.
template <atomics_policy A>
class obj_cgroup {
 public:
  using group = kmem_cgroup<A>;

  /// memcg_online_kmem(): the objcg of a group that is being set up. All of them must outlive it;
  /// `label` names it in reports and is a literal.
  obj_cgroup(group& memcg, kernel::rcu<A>& rcu, const char* label, objcg_rules rules = {})
      : label_(label),
        rules_(rules),
        rcu_(rcu),
        memcg_(&memcg),
        refcnt_(label, [](void* self) { static_cast<obj_cgroup*>(self)->release(); }, this) {
    A::label(memcg_, label, "memcg");
    A::label(nr_charged_bytes_, label, "nr_charged_bytes");
    A::label(released_, label, "released");
    A::label(kfree_rcu_, label, "kfree_rcu");
    A::label(memory_freed_, label, "memory freed");
    WRITE_ONCE(memcg.objcg, this);
  }
  obj_cgroup(const obj_cgroup&) = delete;
  obj_cgroup& operator=(const obj_cgroup&) = delete;

  [[nodiscard]] const char* label() const { return label_; }
  [[nodiscard]] unsigned page_size() const { return rules_.page_size; }

  /// obj_cgroup_get_many(), obj_cgroup_tryget(), obj_cgroup_put(). The last put releases it.
  void get(long references = 1, location at = location::current()) {
    expect_memory(at);
    refcnt_.get(references, at);
  }
  bool tryget(location at = location::current()) {
    expect_memory(at);
    return refcnt_.tryget(at);
  }
  // (1) Fully ordered: what was done with the reference comes before; pairs with (1) in release().
  void put(location at = location::current()) { refcnt_.put(1, at); }
  [[nodiscard]] long references() const { return refcnt_.count(); }

  /// obj_cgroup_memcg(). Only RCU keeps what it returns alive. May be asked without a reference in
  /// an RCU read section.
  [[nodiscard]] group& memcg(location at = location::current()) const {
    expect_memory(at);
    // (6) Dereferenced by callers: an RCU read section that they are in keeps the memory of the
    // group until it ends; pairs with (6) in memcg_reparent_objcgs().
    return *READ_ONCE(memcg_, at);
  }
  /// get_mem_cgroup_from_objcg(): with a reference, which the caller puts. The caller has one of
  /// the objcg.
  group& get_mem_cgroup(location at = location::current()) {
    const typename kernel::rcu<A>::read_section section(rcu_, at);
    group* memcg = &this->memcg(at);
    memcg->expect_memory(at);
    while (!memcg->tryget(at)) {
      // A group that has no references is offline: its objcgs have been given away.
      A::await([&] { return READ_ONCE(memcg_, at) != memcg; }, at);
      memcg = &this->memcg(at);
      memcg->expect_memory(at);
    }
    return *memcg;
  }

  /// Bytes of charged pages that neither an object nor a stock has.
  void add_charged_bytes(unsigned bytes, location at = location::current()) {
    expect_alive(at);
    nr_charged_bytes_.add(static_cast<int>(bytes), at);
  }
  /// Takes all of them.
  unsigned take_charged_bytes(location at = location::current()) {
    expect_alive(at);
    if (nr_charged_bytes_.read(at) == 0) return 0;
    return static_cast<unsigned>(nr_charged_bytes_.xchg(0, at));
  }
  [[nodiscard]] long charged_bytes() const { return nr_charged_bytes_.read(); }

  /// mod_objcg_mlstate()
  void mod_state(unsigned nid, slab_stat idx, long bytes, location at = location::current()) {
    expect_alive(at);
    const typename kernel::rcu<A>::read_section section(rcu_, at);
    memcg(at).mod_lruvec_state(nid, idx, bytes, at);
  }

  /// Whether pages that go are taken off the counters of that group.
  [[nodiscard]] bool uncharges(const group& memcg) const {
    return !memcg.is_root() || !rules_.root_keeps_pages;
  }

  /// Only when no task runs.
  [[nodiscard]] bool is_released() const { return released_.load() != 0; }
  /// Whether kfree_rcu() has been called for it.
  // (4) Acquire: the release is over before the grace period begins; pairs with (4) in release().
  [[nodiscard]] bool waits_to_be_freed() const { return kfree_rcu_.load(order::acquire) != 0; }
  /// What kfree_rcu() does in the end, after a grace period: not even a reader under RCU may look
  /// at it any more.
  void free_memory(location at = location::current()) {
    memory_freed_.store(1, order::relaxed, at);
  }

 private:
  template <atomics_policy B>
  friend void memcg_reparent_objcgs(kmem_cgroup<B>& memcg);

  void expect_alive(location at) const {
    A::expect(released_.load(at) == 0, oracle::references,
              "an obj_cgroup is used after it was released", {}, at);
  }
  void expect_memory(location at) const {
    A::expect(memory_freed_.load(order::relaxed, at) == 0, oracle::references,
              "the memory of an obj_cgroup is used after it was freed", {}, at);
  }

  /// obj_cgroup_release(). Nobody else uses it any more; whole pages may be left, if the parts of
  /// them were given back on different CPUs.
  void release() {
    // (1) Fully ordered by the last put, which calls this: all bytes that anybody left are seen;
    // pairs with (1) in put().
    const auto bytes = static_cast<unsigned>(nr_charged_bytes_.read());
    A::expect(bytes % rules_.page_size == 0, oracle::conservation,
              "an obj_cgroup is released with a part of a page",
              {{label_, static_cast<long>(bytes)}});
    if (const unsigned nr_pages = bytes / rules_.page_size; nr_pages > 0) {
      group& memcg = get_mem_cgroup();
      memcg.mod_kmem(-static_cast<long>(nr_pages));
      if (uncharges(memcg)) memcg.uncharge(nr_pages);
      memcg.put();
    }
    {
      const kernel::irq_guard<A> irqs_off;
      typename A::mutex& lock = memcg().objcg_lock();
      lock.lock();  // (2) acquires the list; pairs with (2) in memcg_reparent_objcgs().
      list_.del();
      lock.unlock();  // (3) releases the list; pairs with (3) in memcg_reparent_objcgs().
    }
    A::expect(released_.load() == 0, oracle::references, "an obj_cgroup is released twice");
    released_.store(1);
    // (4) Release: the release is over, nothing uses the objcg behind this; pairs with (4) in
    // waits_to_be_freed().
    kfree_rcu_.store(1, order::release);
  }

  const char* label_;
  objcg_rules rules_;
  kernel::rcu<A>& rcu_;
  kernel::word<A, group*> memcg_;
  kernel::atomic_t<A> nr_charged_bytes_{0};
  kernel::list_head<A, obj_cgroup> list_{label_, this};
  kernel::css_ref<A> refcnt_;  ///< a css reference is a percpu_ref, and so is this
  typename A::template plain<int> released_{0};
  typename A::template atomic<int> kfree_rcu_{0};
  /// Atomic: that a reader came too late is not a race but a broken promise.
  typename A::template atomic<int> memory_freed_{0};
};

/// The kernel's functions by their own names. Neither looks whether there is an objcg: in 6.1 not
/// even the first one does.
template <atomics_policy A>
void obj_cgroup_put(obj_cgroup<A>* objcg, location at = location::current()) {
  A::expect(objcg != nullptr, oracle::memory, "obj_cgroup_put() of a null pointer", {}, at);
  objcg->put(at);
}
template <atomics_policy A>
kmem_cgroup<A>& obj_cgroup_memcg(const obj_cgroup<A>* objcg, location at = location::current()) {
  A::expect(objcg != nullptr, oracle::memory, "obj_cgroup_memcg() of a null pointer", {}, at);
  return objcg->memcg(at);
}

/// What a group that goes offline does with its own objcg and those that it inherited: from now on
/// they are its parent's. The reference of the group goes. Before the group's css loses its own.
template <atomics_policy A>
void memcg_reparent_objcgs(kmem_cgroup<A>& memcg) {
  kmem_cgroup<A>& parent = *memcg.parent();
  obj_cgroup<A>& objcg = *READ_ONCE(memcg.objcg);
  // (5) Before the put below: a read section that begins after the grace period for the objcg has
  // begun does not find it here; pairs with (5) in get_obj_cgroup_from_memcg().
  WRITE_ONCE(memcg.objcg, nullptr);
  {
    const kernel::irq_guard<A> irqs_off;
    typename A::mutex& lock = memcg.objcg_lock();
    lock.lock();  // (3) acquires the list; pairs with (3) in obj_cgroup::release().
    objcg.list_.add_to(memcg.objcg_list);
    // (6) Before the group's css loses its reference: a read section that begins after the grace
    // period for the group has begun does not find it here; pairs with (6) in obj_cgroup::memcg().
    memcg.objcg_list.for_each([&](obj_cgroup<A>& of) { WRITE_ONCE(of.memcg_, &parent); });
    memcg.objcg_list.splice_to(parent.objcg_list);
    lock.unlock();  // (2) releases the list; pairs with (2) in obj_cgroup::release().
  }
  objcg.put();
}

/// get_obj_cgroup_from_memcg(): with a reference; of an ancestor if the group is offline; null if
/// that is the root, which has none. May be asked without a reference of the group in an RCU read
/// section, which is the caller's.
template <atomics_policy A>
obj_cgroup<A>* get_obj_cgroup_from_memcg(kmem_cgroup<A>& memcg) {
  // (5) Dereferenced: the read section keeps the memory of an objcg that is found until it ends;
  // pairs with (5) in memcg_reparent_objcgs().
  for (kmem_cgroup<A>* of = &memcg; !of->is_root(); of = of->parent())
    if (obj_cgroup<A>* const objcg = READ_ONCE(of->objcg); objcg != nullptr && objcg->tryget())
      return objcg;
  return nullptr;
}

}  // namespace stockcheck::memcg
