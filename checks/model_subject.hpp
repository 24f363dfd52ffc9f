// The subject "our model": the algorithms of model/memcg over a policy.
#pragma once

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

}  // namespace stockcheck::checks
