// SPDX-License-Identifier: GPL-2.0-only
#include "verify/model/patched_model_checker.hpp"

#include "harness/explore/explore_checker.hpp"
#include "harness/explore/explore_walk.hpp"
#include "harness/scenario_headers.hpp"
#include "kernel_source/run/endless_loop_watch.hpp"
#include "verify/model/patched_programs.hpp"

namespace stockcheck::verify {

report::result patched_model_checker::check(const checks::scenario_info& scenario,
                                            const harness::options& how,
                                            const harness::progress_sink& sink) {
  const harness::scenario_header& header = harness::header_of(scenario.name);
  harness::explore_checker inner(
      patched_.empty() ? header.programs
                       : load_programs(patched_.at(std::string(header.name)), header.name),
      command_);
  const kernel_source::endless_loop_watch watch;
  return inner.check(scenario, how, sink);
}

}  // namespace stockcheck::verify
