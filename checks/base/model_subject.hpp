// SPDX-License-Identifier: GPL-2.0-only
// The subject "our model": the algorithms of model/memcg over a policy.
#pragma once

#include "model/kernel/interruptible.hpp"
#include "model/memcg/charge_path.hpp"
#include "model/memcg/counter_stocks.hpp"
#include "model/memcg/folio_charge.hpp"
#include "model/memcg/multi_obj_stock.hpp"
#include "model/memcg/obj_stock.hpp"
#include "model/memcg/one_slot_stock.hpp"
#include "model/memcg/page_counter_protection.hpp"
#include "model/memcg/page_counter_refilled_stock.hpp"
#include "model/memcg/page_counter_stock.hpp"
#include "model/memcg/page_counter_trylock_stock.hpp"
#include "model/memcg/percpu_accounting.hpp"
#include "model/memcg/seven_slot_stock.hpp"
#include "model/memcg/slab_charge.hpp"
#include "model/memcg/socket_charge.hpp"

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
  using one_slot_stock = memcg::one_slot_stock<A>;
  using coupled_one_slot_stock = memcg::one_slot_stock<A, memcg::coupled_references<A>>;
  using seven_slot_stock = memcg::seven_slot_stock<A>;
  using two_slot_stock = memcg::seven_slot_stock<A, 2>;
  using obj_stock = memcg::obj_stock<A>;
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
