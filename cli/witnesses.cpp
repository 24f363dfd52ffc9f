// SPDX-License-Identifier: GPL-2.0-only
#include "cli/witnesses.hpp"

#include <utility>
#include <vector>

namespace stockcheck::cli {

void add_witnesses(report::verification& v, harness::checker& before, harness::checker& after,
                   const confined_job_options& chosen) {
  std::vector<harness::job> jobs;
  for (const report::compared& c : report::compare(v.before, v.after))
    for (const bool is_new : {true, false}) {
      const std::vector<std::string>& states = is_new ? c.states.added : c.states.gone;
      if (states.empty()) continue;
      jobs.push_back(job_for_state(is_new ? after : before,
                                   is_new ? c.after->subject : c.before->subject, c.after->scenario,
                                   states.front(), chosen));
      v.witnesses.push_back({.state = states.front(), .is_new = is_new});
    }
  if (jobs.empty()) return;
  auto [results, seconds] = run_confined_jobs(jobs, chosen);
  for (std::size_t i = 0; i < results.size(); ++i) v.witnesses[i].execution = std::move(results[i]);
  v.seconds += seconds;
}

}  // namespace stockcheck::cli
