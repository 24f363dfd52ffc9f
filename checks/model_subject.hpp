// The subject "our model": the algorithms of model/memcg over a policy.
#pragma once

#include "model/kernel/interruptible.hpp"
#include "model/memcg/page_counter_protection.hpp"
#include "model/memcg/page_counter_stock.hpp"

namespace stockcheck::checks {

/// A subject names the policy it runs on and the types a scenario uses.
template <atomics_policy A>
struct model {
  using atomics = A;
  using page_counter = memcg::page_counter<A>;
  using page_counter_stock = memcg::page_counter_stock<A>;
};

/// Our model as it runs on a policy: a model checker decides where interrupts come, real threads
/// get signals.
template <atomics_policy A>
struct model_on : model<A> {};
template <kernel::decides_interrupts A>
struct model_on<A> : model<kernel::interruptible<A>> {};

}  // namespace stockcheck::checks
