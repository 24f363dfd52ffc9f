// SPDX-License-Identifier: GPL-2.0-only
#include "verify/model/patched_model_checker.hpp"

#include "harness/judge.hpp"

namespace stockcheck::verify {

report::result patched_model_checker::check(const checks::scenario_info& scenario,
                                            const harness::options& how,
                                            const harness::progress_sink& sink) {
  if (!on_.has(scenario.name)) {
    report::result result = harness::begin_record(*this, scenario, how);
    harness::judge_skipped(result, "such scenario");
    return result;
  }
  return inner_.check(scenario, how, sink);
}

}  // namespace stockcheck::verify
