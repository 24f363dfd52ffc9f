// SPDX-License-Identifier: GPL-2.0-only
// The base of every scenario over percpu memory: what must hold for it, written once.
#pragma once

#include "checks/base/final_state.hpp"
#include "checks/base/operation_results.hpp"
#include "checks/base/scenario.hpp"
#include "checks/base/scenario_list.hpp"
#include "checks/base/set_up.hpp"
#include "checks/percpu/percpu_group.hpp"
#include "model/kernel/limits.hpp"

#include <array>
#include <cstddef>
#include <initializer_list>
#include <span>

namespace stockcheck::checks {

/// As counter_scenario, for groups and areas of percpu memory. A derived scenario declares its
/// groups, parents first, and then its areas.
template <class Subject>
class percpu_scenario : protected set_up<typename Subject::atomics> {
 public:
  using atomics = typename Subject::atomics;
  using accounting_type = typename Subject::percpu_accounting;
  using group_type = percpu_group<Subject>;
  using area_type = percpu_area<Subject>;

  percpu_scenario(const percpu_scenario&) = delete;
  percpu_scenario& operator=(const percpu_scenario&) = delete;
  virtual ~percpu_scenario() = default;

  virtual void check() {}

  void settle() {
    check_books(oracle::conservation);
    write_outcome();
    check();
    for (area_type* a : areas()) a->free();
    free_pages(pages());
    check_books(oracle::leak);
    for (group_type* g : groups()) g->free();
  }

  [[nodiscard]] const final_state& outcome() const { return outcome_; }
  accounting_type& accounting() { return accounting_; }

 protected:
  /// `node_of_cpu` has the node of each CPU of the machine.
  percpu_scenario(unsigned nr_nodes, std::initializer_list<unsigned> node_of_cpu,
                  typename accounting_type::counted counted = accounting_type::counted::possible)
      : nodes_(nr_nodes, std::span{node_of_cpu.begin(), node_of_cpu.size()}),
        accounting_(nodes_, counted) {}

  void cpu_online(unsigned cpu) { nodes_.numa_add_cpu(cpu); }
  void cpu_offline(unsigned cpu) { nodes_.numa_remove_cpu(cpu); }

  /// A chunk gets pages for each CPU, or loses some.
  void alloc_pages(unsigned nr_pages) {
    pages_.at(slots::slot()) += nr_pages;
    accounting_.pages_allocated(nr_pages);
  }
  void free_pages(unsigned nr_pages) {
    pages_.at(slots::slot()) -= nr_pages;
    accounting_.pages_freed(nr_pages);
  }

  // Only when no task runs ------------------------------------------------------------------------

  [[nodiscard]] unsigned nr_nodes() const { return nodes_.nr_node_ids(); }
  /// Returns the bytes of a group and its descendants on a node, as memory.numa_stat shows them.
  [[nodiscard]] long bytes(const group_type& g, unsigned nid) const {
    long sum = 0;
    for (const group_type* d : groups())
      if (d->is_below_or_is(g)) sum += d->memcg().lruvec_state(nid);
    return sum;
  }
  [[nodiscard]] long bytes(const group_type& g) const {
    long sum = 0;
    for (unsigned nid = 0; nid < nr_nodes(); ++nid) sum += bytes(g, nid);
    return sum;
  }
  /// Returns the bytes that the areas of a group and its descendants are charged with.
  [[nodiscard]] long full_size(const group_type& g) const {
    long sum = 0;
    for (const area_type* a : areas())
      if (belongs_to(*a, g)) sum += full_size(*a);
    return sum;
  }

 private:
  friend group_type;
  friend area_type;

  using slots = operation_results<atomics>;

  static constexpr std::size_t max_groups = 3;
  static constexpr std::size_t max_areas = 4;

  void add(group_type& created) { groups_.at(nr_groups_++) = &created; }
  void add(area_type& created) { areas_.at(nr_areas_++) = &created; }

  [[nodiscard]] std::span<group_type* const> groups() const {
    return std::span{groups_}.first(nr_groups_);
  }
  [[nodiscard]] std::span<area_type* const> areas() const {
    return std::span{areas_}.first(nr_areas_);
  }
  [[nodiscard]] unsigned pages() const {
    long sum = 0;
    for (const long of_slot : pages_) sum += of_slot;
    return static_cast<unsigned>(sum);
  }
  [[nodiscard]] long full_size(const area_type& a) const {
    return static_cast<long>(accounting_.full_size(a.size()));
  }
  static bool belongs_to(const area_type& a, const group_type& g) {
    return a.is_allocated() && a.group().is_below_or_is(g);
  }

  // Oracles ---------------------------------------------------------------------------------------

  /// `charged` is the oracle that a wrong charge breaks.
  void check_books(oracle charged) const {
    for (const group_type* g : groups())
      // What is freed after a group went offline is taken from its parent.
      if (!g->is_offline()) check_group(*g, charged);
    for (unsigned nid = 0; nid < nr_nodes(); ++nid) check_pages(nid);
  }

  void check_group(const group_type& g, oracle charged) const {
    const char* const name = g.memcg().label();
    const long full = full_size(g);
    atomics::expect(bytes(g) <= full, oracle::statistics,
                    "the nodes have more bytes than the areas are charged with",
                    {{name, bytes(g)}, {"charged", full}});
    for (unsigned nid = 0; nid < nr_nodes(); ++nid) check_share(g, nid, full);

    long state = 0;
    for (const group_type* d : groups())
      if (d->is_below_or_is(g)) state += d->memcg().state();
    atomics::expect(state == bytes(g), oracle::statistics,
                    "the bytes of a group are not those of its nodes",
                    {{name, state}, {"on nodes", bytes(g)}});
    atomics::expect(g.memcg().charged() == full, charged,
                    "the charge is not the full size of the areas",
                    {{name, g.memcg().charged()}, {"full size", full}});
  }

  /// A node has the share of each area that its CPUs are of all CPUs, rounded down to whole bytes
  /// at worst. Compared without dividing: all numbers are times the number of CPUs.
  void check_share(const group_type& g, unsigned nid, long full) const {
    const auto all_cpus = static_cast<long>(nodes_.num_possible_cpus());
    const auto cpus = static_cast<long>(nodes_.nr_possible_cpus_node(nid));
    long may_be_lost = 0;
    for (const area_type* a : areas())
      if (belongs_to(*a, g)) may_be_lost += full_size(*a) * cpus % all_cpus;
    const long lost = full * cpus - bytes(g, nid) * all_cpus;
    atomics::expect(lost >= 0 && lost <= may_be_lost, oracle::statistics,
                    "the bytes of a node are not the share of its CPUs",
                    {{g.memcg().label(), bytes(g, nid)},
                     {"node", static_cast<long>(nid)},
                     {"cpus", cpus},
                     {"of", all_cpus},
                     {"charged", full}});
  }

  void check_pages(unsigned nid) const {
    const auto expected =
        static_cast<long>(pages() * nodes_.nr_possible_cpus_node(nid) * kernel::page_size);
    atomics::expect(accounting_.node_page_state(nid) == expected, oracle::statistics,
                    "nr_percpu of a node is not the pages that chunks have",
                    {{"node", static_cast<long>(nid)},
                     {"nr_percpu", accounting_.node_page_state(nid)},
                     {"allocated", expected}});
  }

  void write_outcome() {
    static constexpr std::array names{"node 0", "node 1", "node 2", "node 3"};
    for (const group_type* g : groups()) {
      outcome_.add(g->memcg().label(), "charged", g->memcg().charged());
      for (unsigned nid = 0; nid < nr_nodes(); ++nid)
        outcome_.add(g->memcg().label(), names.at(nid), g->memcg().lruvec_state(nid));
    }
  }

  typename accounting_type::topology nodes_;
  accounting_type accounting_;
  std::array<group_type*, max_groups> groups_{};
  std::size_t nr_groups_ = 0;
  std::array<area_type*, max_areas> areas_{};
  std::size_t nr_areas_ = 0;
  std::array<long, slots::nr_slots> pages_{};
  final_state outcome_;
};

}  // namespace stockcheck::checks
