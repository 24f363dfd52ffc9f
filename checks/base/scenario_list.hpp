// SPDX-License-Identifier: GPL-2.0-only
// The scenarios of a header: one line at its end names them.
#pragma once

#include "checks/base/program.hpp"

#include <array>

namespace stockcheck::checks {

// A file of a user's with `using namespace stockcheck::checks` has all names that it needs.
using stockcheck::oracle;
namespace kernel = stockcheck::kernel;

namespace detail {

template <template <class> class Scenario, template <class> class Family>
struct scenario_of_family {
  template <class Subject>
  using on = Scenario<Family<Subject>>;
};

}  // namespace detail

/// In the order in which they are listed and run. A header NAME.hpp of stockcheck's calls its list
/// NAME_scenarios, a file of a user's calls it `scenarios`.
template <template <class> class... Scenario>
struct scenario_list {
  template <class Subject>
  static constexpr std::array<program_entry, sizeof...(Scenario)> on{
      entry_for<Scenario, Subject>()...};

  /// Each scenario is given a family instead of the subject: see scenario_family.hpp.
  template <template <class> class Family>
  using of_family = scenario_list<detail::scenario_of_family<Scenario, Family>::template on...>;
};

}  // namespace stockcheck::checks
