// SPDX-License-Identifier: GPL-2.0-only
// The subject "our model": the algorithms of model/memcg over a policy. They are declared alone: a
// scenario, or its base, includes those that it is about, and is compiled anew when these change.
#pragma once

#include "model/kernel/interruptible.hpp"

#include <cstddef>
#include <cstdint>

namespace stockcheck::memcg {

template <atomics_policy A>
class page_counter;
template <atomics_policy A>
class page_counter_stock;
template <atomics_policy A>
class page_counter_trylock_stock;
template <atomics_policy A>
class page_counter_refilled_stock;
template <atomics_policy A>
class counter_stocks;
template <atomics_policy A>
struct coupled_references;
template <atomics_policy A>
struct decoupled_references;
template <atomics_policy A, class References>
class one_slot_stock;
template <atomics_policy A, std::size_t Slots>
class seven_slot_stock;
template <atomics_policy A>
class no_page_stock;
template <atomics_policy A, class PageStock>
class obj_stock;
template <atomics_policy A, class PageStock, std::size_t Slots>
class multi_obj_stock;
enum class slab_batching : std::uint8_t;
template <atomics_policy A, class Stock, slab_batching Batching>
class slab_charge;
template <atomics_policy A>
class percpu_accounting;
template <atomics_policy A>
class mem_cgroup;
template <atomics_policy A, class Stock>
class charge_path;
template <atomics_policy A>
class memory_pressure;
template <atomics_policy A>
class socket_charge;

}  // namespace stockcheck::memcg

namespace stockcheck::checks {

/// A subject names the policy it runs on and the types a scenario uses.
template <atomics_policy A>
struct model {
  using atomics = A;
  using page_counter = memcg::page_counter<A>;
  using page_counter_stock = memcg::page_counter_stock<A>;
  using page_counter_trylock_stock = memcg::page_counter_trylock_stock<A>;
  using page_counter_refilled_stock = memcg::page_counter_refilled_stock<A>;
  using counter_stocks = memcg::counter_stocks<A>;
  using one_slot_stock = memcg::one_slot_stock<A, memcg::decoupled_references<A>>;
  using coupled_one_slot_stock = memcg::one_slot_stock<A, memcg::coupled_references<A>>;
  using two_slot_stock = memcg::seven_slot_stock<A, 2>;
  using obj_stock = memcg::obj_stock<A, memcg::no_page_stock<A>>;
  using obj_stock_over_pages = memcg::obj_stock<A, one_slot_stock>;
  using two_slot_obj_stock = memcg::multi_obj_stock<A, memcg::no_page_stock<A>, 2>;
  using two_slot_obj_stock_over_pages = memcg::multi_obj_stock<A, two_slot_stock, 2>;
  template <class Stock, memcg::slab_batching Batching>
  using slab_charge = memcg::slab_charge<A, Stock, Batching>;
  using percpu_accounting = memcg::percpu_accounting<A>;
  using mem_cgroup = memcg::mem_cgroup<A>;
  template <class Stock>
  using charge_path = memcg::charge_path<A, Stock>;
  using memory_pressure = memcg::memory_pressure<A>;
  using socket_charge = memcg::socket_charge<A>;
};

/// Our model as it runs on a policy: a model checker decides where interrupts come, real threads
/// get signals.
template <atomics_policy A>
struct model_on : model<A> {};
template <kernel::decides_interrupts A>
struct model_on<A> : model<kernel::interruptible<A>> {};

}  // namespace stockcheck::checks
