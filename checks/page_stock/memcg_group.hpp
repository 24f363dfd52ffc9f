// SPDX-License-Identifier: GPL-2.0-only
// A memory cgroup that is charged through per-CPU memcg stocks, as a scenario sees it, and the
// books of who holds what.
#pragma once

#include "checks/base/operation_results.hpp"
#include "model/memcg/charge_flags.hpp"
#include "model/memcg/folio_charge.hpp"
#include "model/memcg/socket_charge.hpp"

#include <array>
#include <cstddef>
#include <utility>

namespace stockcheck::checks {

template <class Subject, class Stock>
class page_stock_scenario;

/// Operations on one memory cgroup. Each does what its name says, keeps the books that the oracles
/// compare with it, and records its result for the outcome. Charges are of the calling task, also
/// those of a handler that interrupts it. All amounts are pages.
template <class Subject, class Stock>
class memcg_group {
 public:
  using atomics = typename Subject::atomics;
  using mem_cgroup = typename Stock::group;
  using scenario_type = page_stock_scenario<Subject, Stock>;
  using charge_path = typename Subject::template charge_path<Stock>;
  using ulong = unsigned long;

  /// `label` names the group in reports. `parent` must outlive the group.
  memcg_group(scenario_type& scenario, const char* label, memcg_group* parent = nullptr,
              bool with_memsw = false)
      : scenario_(scenario),
        parent_(parent),
        memcg_(parent == nullptr ? nullptr : &parent->memcg_, label, with_memsw) {
    scenario_.add(*this);
  }
  memcg_group(const memcg_group&) = delete;
  memcg_group& operator=(const memcg_group&) = delete;

  /// A folio of that many pages, through the stock of the task's CPU. False if a limit refused it.
  bool charge(ulong nr_pages) {
    const bool charged = charge_by(scenario_.path_, nr_pages);
    return scenario_.results_.record("charge", charged);
  }
  void uncharge(ulong nr_pages) {
    --mine().folios;
    mine().folio_pages -= static_cast<long>(nr_pages);
    uncharge_folio<Stock>(memcg_, nr_pages);
  }
  /// Memory of a socket. The socket itself pins the group: see pin().
  bool charge_socket(ulong nr_pages) {
    expect_parent();
    const bool charged = sockets_.charge(scenario_.path_, memcg_, nr_pages);
    if (charged) mine().socket_pages += static_cast<long>(nr_pages);
    return scenario_.results_.record("charge socket", charged);
  }
  void uncharge_socket(ulong nr_pages) {
    mine().socket_pages -= static_cast<long>(nr_pages);
    sockets_.uncharge(scenario_.stock, memcg_, nr_pages);
  }
  /// A folio by a charge path of the scenario's own, without a record.
  bool charge_by(charge_path& path, ulong nr_pages, const memcg::charge_flags& how = {}) {
    expect_parent();
    if (charge_folio(path, memcg_, nr_pages, how) != 0) return false;
    ++mine().folios;
    mine().folio_pages += static_cast<long>(nr_pages);
    return true;
  }

  /// Set-up: a folio of the group, whatever limits and stocks there are.
  void charge_past_stock(ulong nr_pages) {
    expect_parent();
    for_each_counter([nr_pages](auto& counter) { counter.charge(nr_pages); });
    Stock::references::get_charged(memcg_, nr_pages);
    Stock::references::get_folio(memcg_);
    ++mine().folios;
    mine().folio_pages += static_cast<long>(nr_pages);
  }

  /// A task or a socket that belongs to the group comes or goes: a reference each.
  void pin() {
    memcg_.get();
    ++mine().pins;
  }
  void unpin() {
    --mine().pins;
    memcg_.put();
  }
  /// Removes the cgroup: its stocks are drained as far as that goes, then its own reference is
  /// dropped. This is done at most once.
  void go_offline() {
    scenario_.stock.drain_all(memcg_);
    put_own_reference();
  }
  /// The work that frees the group, if its references are gone by now: after a grace period. Of at
  /// most one task.
  void free_if_released() {
    if (memcg_.references() != 0) return;
    if constexpr (requires { scenario_.stock.css_free(memcg_); }) {
      if (!std::exchange(css_freed_, true)) scenario_.stock.css_free(memcg_);
    } else {
      scenario_.stock.rcu().synchronize();
      memcg_.free_memory();
    }
  }
  /// 0 or -EBUSY.
  int set_max(ulong nr_pages) {
    expect_parent();
    return memcg_.memory.set_max(nr_pages);
  }
  void drain_all() { scenario_.stock.drain_all(memcg_); }

  /// The counters that a charge of the group goes to.
  template <class Action>
  void for_each_counter(Action action) {
    action(memcg_.memory);
    if (memcg_.accounts_memsw()) action(memcg_.memsw);
  }

  mem_cgroup& memcg() { return memcg_; }
  const mem_cgroup& memcg() const { return memcg_; }
  const memcg_group* parent() const { return parent_; }
  const char* label() const { return memcg_.label(); }
  bool is_below_or_is(const memcg_group& other) const {
    for (const memcg_group* g = this; g != nullptr; g = g->parent_)
      if (g == &other) return true;
    return false;
  }

  // Exact when no task runs -----------------------------------------------------------------------

  long held() const { return folio_pages() + socket_pages(); }
  long folios() const { return sum(&books::folios); }
  long folio_pages() const { return sum(&books::folio_pages); }
  long socket_pages() const { return sum(&books::socket_pages); }
  long pins() const { return sum(&books::pins); }
  bool is_offline() const { return sum(&books::own_references_put) != 0; }
  /// memory.stat: sock
  long socket_statistic() const { return sockets_.pages(); }

  /// Uncharges and unpins all that is left.
  void release_all() {
    if (const long pages = socket_pages(); pages > 0) uncharge_socket(static_cast<ulong>(pages));
    // The books do not tell how large each folio is: the first one gets all pages that are left.
    for (long pages = folio_pages(); folios() > 0; pages = 0) uncharge(static_cast<ulong>(pages));
    while (pins() > 0) unpin();
  }
  void put_own_reference() {
    ++mine().own_references_put;
    memcg_.put();
  }

 private:
  struct books {
    long folios = 0;
    long folio_pages = 0;
    long socket_pages = 0;
    long pins = 0;
    long own_references_put = 0;
  };

  using results = operation_results<atomics>;

  /// Kernels return from every path of a charge at once if it is for the group without a parent.
  void expect_parent() const {
    atomics::expect(parent_ != nullptr, oracle::scenario,
                    "no kernel charges or limits the group that has no parent");
  }
  books& mine() { return books_.at(results::slot()); }
  long sum(long books::* what) const {
    long all = 0;
    for (const books& of : books_) all += of.*what;
    return all;
  }

  scenario_type& scenario_;
  memcg_group* parent_;
  mem_cgroup memcg_;
  typename Subject::socket_charge sockets_;
  bool css_freed_ = false;
  std::array<books, results::nr_slots> books_{};
};

}  // namespace stockcheck::checks
