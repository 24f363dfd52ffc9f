// SPDX-License-Identifier: GPL-2.0-only
// A memory cgroup as a scenario sees it: a counter with a stock, and the books of who holds what.
#pragma once

#include "checks/base/operation_results.hpp"
#include "model/memcg/page_counter_stock.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace stockcheck::checks {

template <class Subject>
class counter_scenario;

/// Operations on one counter of the subject. Each does what its name says to the counter, keeps the
/// books that the oracles compare with it, and records its result for the outcome.
/// Charges and uncharges are of the caller: a task, or a handler on it. All amounts are pages.
template <class Subject>
class counter_group {
 public:
  using atomics = typename Subject::atomics;
  using page_counter = typename Subject::page_counter;
  using stock_type = typename Subject::page_counter_stock;
  using ulong = unsigned long;

  /// `label` names the group in reports. `parent` must outlive the group.
  counter_group(counter_scenario<Subject>& scenario, const char* label,
                counter_group* parent = nullptr, bool protection_support = false)
      : scenario_(scenario),
        parent_(parent),
        counter_(parent == nullptr ? nullptr : &parent->counter_, protection_support, label),
        stock_(counter_) {
    scenario_.add(*this);
  }
  counter_group(const counter_group&) = delete;
  counter_group& operator=(const counter_group&) = delete;

  /// False if a limit refused it; then refused_by() says whose.
  bool try_charge(ulong nr_pages) {
    page_counter* fail = nullptr;
    const bool charged = counter_.try_charge(nr_pages, fail);
    return finish_charge("try_charge", charged, nr_pages, fail);
  }
  /// Through the stock of the task's CPU.
  bool try_charge_stock(ulong nr_pages) {
    page_counter* fail = nullptr;
    ulong nr_charged = 0;
    const bool charged = stock_.try_charge(nr_pages, fail, nr_charged);
    return finish_charge("try_charge_stock", charged, nr_pages, fail);
  }
  /// Without regard to any limit: from now on this group and its ancestors may be above theirs.
  void charge(ulong nr_pages) {
    counter_.charge(nr_pages);
    mine().forced = true;
    hold(static_cast<long>(nr_pages));
  }
  void uncharge(ulong nr_pages) {
    hold(-static_cast<long>(nr_pages));
    counter_.uncharge(nr_pages);
  }
  /// Through the stock of the task's CPU, for stocks that take pages back.
  void uncharge_stock(ulong nr_pages) {
    hold(-static_cast<long>(nr_pages));
    stock_.uncharge(nr_pages);
  }
  /// 0 or -EBUSY.
  int set_max(ulong nr_pages) {
    return scenario_.results_.record("set_max", counter_.set_max(nr_pages));
  }

  /// 0 or -ENOMEM.
  int alloc_stock(unsigned batch) {
    return scenario_.results_.record("alloc_stock", stock_.alloc(batch));
  }
  void free_stock() { stock_.free(); }
  /// For stocks that can be told to keep nothing from now on.
  void disable_stock() { stock_.disable(); }
  void drain(unsigned cpu) { stock_.drain(cpu); }
  void drain_all() { stock_.drain_all(); }

  page_counter& counter() { return counter_; }
  const page_counter& counter() const { return counter_; }
  stock_type& stock() { return stock_; }
  const stock_type& stock() const { return stock_; }
  const counter_group* parent() const { return parent_; }
  /// Returns the counter that refused the caller's last charge; nullptr if that succeeded.
  const page_counter* refused_by() const { return books_.at(results::slot()).refused_by; }
  /// The counters that a charge of the group goes to.
  template <class Action>
  void for_each_counter(Action action) {
    action(counter_);
  }

  /// Sum over all tasks; exact when no task runs.
  long held() const {
    long sum = 0;
    for (const books& of : books_) sum += of.held;
    return sum;
  }
  bool forced() const { return std::ranges::any_of(books_, &books::forced); }
  bool is_below_or_is(const counter_group& other) const {
    for (const counter_group* g = this; g != nullptr; g = g->parent_)
      if (g == &other) return true;
    return false;
  }
  /// Uncharges all that tasks still hold.
  void release_all() {
    const long pages = held();
    for (books& of : books_) of.held = 0;
    if (pages > 0) counter_.uncharge(static_cast<ulong>(pages));
  }

 private:
  struct books {
    long held = 0;
    bool forced = false;
    const page_counter* refused_by = nullptr;
  };
  using results = operation_results<atomics>;

  books& mine() { return books_.at(results::slot()); }
  void hold(long nr_pages) { mine().held += nr_pages; }

  bool finish_charge(const char* operation, bool charged, ulong nr_pages, page_counter* fail) {
    mine().refused_by = charged ? nullptr : fail;
    if (charged) hold(static_cast<long>(nr_pages));
    return scenario_.results_.record(operation, charged);
  }

  counter_scenario<Subject>& scenario_;
  counter_group* parent_;
  page_counter counter_;
  stock_type stock_;
  std::array<books, results::nr_slots> books_{};
};

}  // namespace stockcheck::checks
