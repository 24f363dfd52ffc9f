// SPDX-License-Identifier: GPL-2.0-only
// What holds references to a memory cgroup: its charged pages, or the pointers to it.
//
// "mm: memcontrol: decouple reference counting from page accounting" (1a3e1f40962c, Linux 5.9) went
// from the first to the second; a stock takes either as its policy.
#pragma once

#include "model/memcg/mem_cgroup.hpp"

namespace stockcheck::memcg {

/// Until 5.8: one reference for every charged page, in use or in a stock. A stock that is empty may
/// go on naming a group that is gone.
template <atomics_policy A>
struct coupled_references {
  using group = mem_cgroup<A>;
  static constexpr bool are_coupled = true;

  /// Charged pages have a reference each, which goes with them into a stock and out of it.
  static void get_charged(group& memcg, unsigned long nr_pages) {
    memcg.get(static_cast<long>(nr_pages));
  }
  static void put_uncharged(group& memcg, unsigned long nr_pages) {
    memcg.put(static_cast<long>(nr_pages));
  }

  static void get_folio(group&) {}
  static void put_folio(group&) {}
  static void get_cached(group&) {}
  static void put_cached(group&) {}
};

/// Since 5.9: one reference for every pointer, that is for each folio and for each stock that names
/// the group.
template <atomics_policy A>
struct decoupled_references {
  using group = mem_cgroup<A>;
  static constexpr bool are_coupled = false;

  static void get_charged(group&, unsigned long) {}
  static void put_uncharged(group&, unsigned long) {}

  static void get_folio(group& memcg) { memcg.get(); }
  static void put_folio(group& memcg) { memcg.put(); }
  static void get_cached(group& memcg) { memcg.get(); }
  static void put_cached(group& memcg) { memcg.put(); }
};

}  // namespace stockcheck::memcg
