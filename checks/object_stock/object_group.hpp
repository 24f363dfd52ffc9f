// SPDX-License-Identifier: GPL-2.0-only
// A memory cgroup to which kernel objects are charged, as a scenario sees it, and the books of who
// holds what.
#pragma once

#include "checks/base/operation_results.hpp"
#include "model/memcg/obj_cgroup.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace stockcheck::checks {

template <class Subject, class Stock>
class obj_stock_scenario;

/// Operations on one memory cgroup and its obj_cgroup. Each does what its name says, keeps the
/// books that the oracles compare with it, and records its result for the outcome. Amounts are
/// bytes unless said otherwise.
template <class Subject, class Stock>
class object_group {
 public:
  using atomics = typename Subject::atomics;
  using obj_cgroup = typename Stock::objcg_type;
  using mem_cgroup = typename obj_cgroup::group;
  using scenario_type = obj_stock_scenario<Subject, Stock>;
  using slab_stat = memcg::slab_stat;

  /// The root, which has no obj_cgroup. `label` names the group in reports.
  object_group(scenario_type& scenario, const char* label)
      : scenario_(scenario), memcg_(nullptr, label) {
    scenario_.add(*this);
  }
  /// `parent` must outlive the group.
  object_group(scenario_type& scenario, const char* label, const char* objcg_label,
               object_group& parent)
      : scenario_(scenario), parent_(&parent), memcg_(&parent.memcg_, label) {
    objcg_ = atomics::template make<obj_cgroup>(
        memcg_, scenario.stock.rcu(), objcg_label,
        memcg::objcg_rules{.page_size = scenario.page_size(),
                           .root_keeps_pages = Stock::root_keeps_pages});
    scenario_.add(*this);
  }
  object_group(const object_group&) = delete;
  object_group& operator=(const object_group&) = delete;
  ~object_group() { atomics::destroy(objcg_); }

  /// An object that is in no statistic. False if a limit refused it.
  bool alloc(unsigned bytes) {
    const bool charged = scenario_.stock.charge(objcg(), bytes) == 0;
    if (charged) take_object(bytes);
    return scenario_.record("alloc", charged);
  }
  void free(unsigned bytes) {
    scenario_.stock.uncharge(objcg(), bytes);
    drop_object(bytes);
  }
  /// An object of a slab. False if a limit refused it.
  bool alloc_slab(unsigned bytes, unsigned nid, slab_stat idx = slab_stat::unreclaimable) {
    const bool charged = scenario_.stock.charge_and_account(objcg(), bytes, nid, idx) == 0;
    if (charged) {
      hold_stat(nid, idx, bytes);
      take_object(bytes);
    }
    return scenario_.record("alloc", charged);
  }
  void free_slab(unsigned bytes, unsigned nid, slab_stat idx = slab_stat::unreclaimable) {
    hold_stat(nid, idx, -static_cast<long>(bytes));
    scenario_.stock.uncharge_and_account(objcg(), bytes, nid, idx);
    drop_object(bytes);
  }

  // For charges by other means: the books alone.
  void hold_objects(long objects, long bytes) {
    mine().objects += objects;
    mine().bytes += bytes;
  }
  void hold_stat(unsigned nid, slab_stat idx, long bytes) {
    mine().stats.at(nid).at(static_cast<std::size_t>(idx)) += bytes;
  }
  /// Notes that so many bytes are charged in one go: the bound of stocks depends on the largest.
  void note_request(unsigned bytes) {
    mine().largest_request = std::max(mine().largest_request, static_cast<long>(bytes));
  }

  /// What removing the cgroup does: its objcgs go to the parent, CPUs are drained as far as that
  /// goes, then its own reference goes. At most once.
  void go_offline() {
    ++mine().offline;
    memcg_reparent_objcgs(memcg_);
    scenario_.stock.drain_all(memcg_);
    scenario_.pages.drain_all(memcg_);
    memcg_.put();
  }
  /// The work that frees what has lost its last reference by now: after a grace period.
  void free_if_released() {
    const bool memcg_is_gone = memcg_.references() == 0;
    const bool objcg_is_gone = objcg().waits_to_be_freed();
    if (!memcg_is_gone && !objcg_is_gone) return;
    scenario_.stock.rcu().synchronize();
    if (memcg_is_gone) memcg_.free_memory();
    if (objcg_is_gone) objcg().free_memory();
  }
  void drain_all() { scenario_.stock.drain_all(memcg_); }

  /// The counters that a charge of the group goes to.
  template <class Action>
  void for_each_counter(Action action) {
    action(memcg_.memory);
  }

  mem_cgroup& memcg() { return memcg_; }
  const mem_cgroup& memcg() const { return memcg_; }
  obj_cgroup& objcg() { return *objcg_; }
  const obj_cgroup& objcg() const { return *objcg_; }
  bool has_objcg() const { return objcg_ != nullptr; }
  const char* label() const { return memcg_.label(); }
  bool is_below_or_is(const object_group& other) const {
    for (const object_group* g = this; g != nullptr; g = g->parent_)
      if (g == &other) return true;
    return false;
  }

  // Exact when no task runs -----------------------------------------------------------------------

  long objects() const { return sum(&books::objects); }
  long bytes() const { return sum(&books::bytes); }
  long stat(unsigned nid, slab_stat idx) const {
    long all = 0;
    for (const books& of : books_) all += of.stats.at(nid).at(static_cast<std::size_t>(idx));
    return all;
  }
  long largest_request() const {
    long largest = 0;
    for (const books& of : books_) largest = std::max(largest, of.largest_request);
    return largest;
  }
  bool is_offline() const { return sum(&books::offline) != 0; }

  /// Frees all objects that are left.
  void release_all() {
    for (unsigned nid = 0; nid < mem_cgroup::max_nodes; ++nid)
      for (const slab_stat idx : memcg::slab_stats) {
        if (const long bytes = stat(nid, idx); bytes != 0) {
          scenario_.stock.account(objcg(), -bytes, nid, idx);
          hold_stat(nid, idx, -bytes);
        }
      }
    // The books do not tell how large each object is: the first one gets all bytes that are left.
    for (long left = bytes(); objects() > 0; left = 0) free(static_cast<unsigned>(left));
  }
  /// Drops the references that keep the group and its objcg although no object is left.
  void put_own_references() {
    objcg().put();
    memcg_.put();
  }

 private:
  struct books {
    long objects = 0;
    long bytes = 0;
    long largest_request = 0;
    long offline = 0;
    std::array<std::array<long, memcg::slab_stats.size()>, mem_cgroup::max_nodes> stats{};
  };
  using results = operation_results<atomics>;

  void take_object(unsigned bytes) {
    objcg().get();
    hold_objects(1, static_cast<long>(bytes));
    note_request(bytes);
  }
  /// The reference is the last thing that goes.
  void drop_object(unsigned bytes) {
    hold_objects(-1, -static_cast<long>(bytes));
    objcg().put();
  }

  books& mine() { return books_.at(results::slot()); }
  long sum(long books::* what) const {
    long all = 0;
    for (const books& of : books_) all += of.*what;
    return all;
  }

  scenario_type& scenario_;
  const object_group* parent_ = nullptr;
  mem_cgroup memcg_;
  obj_cgroup* objcg_ = nullptr;
  std::array<books, results::nr_slots> books_{};
};

}  // namespace stockcheck::checks
