// SPDX-License-Identifier: GPL-2.0-only
#include "harness/threads/threads_checker.hpp"

#include "harness/judge.hpp"
#include "harness/no_end.hpp"
#include "harness/outcomes.hpp"
#include "harness/programs.hpp"
#include "harness/threads/host_cpus.hpp"
#include "harness/threads/round_watch.hpp"
#include "harness/threads/rounds.hpp"
#include "report/finding_of.hpp"
#include "report/quantity.hpp"

#include <fmt/format.h>

#include <exception>
#include <memory>
#include <string>
#include <thread>

namespace stockcheck::harness {

namespace {

using clock = std::chrono::steady_clock;

std::uint64_t rounds_of(profile much) { return much == profile::quick ? 2000 : 500'000; }

std::chrono::duration<double> time_of(profile much) {
  return much == profile::quick ? quick_time_of_threads : std::chrono::minutes(1);
}

/// Runs them until they are over, or do not come to an end; says which.
bool run_to_end(const std::shared_ptr<rounds>& of_scenario, const options& how,
                round_watch::seconds patience, const progress_sink& sink) {
  // What awaits something leaves at once.
  constexpr std::chrono::seconds grace{1};
  std::thread runs([of_scenario] { of_scenario->run(); });
  round_watch watch(patience);
  while (!of_scenario->wait(round_watch::period)) {
    if (sink) sink({of_scenario->done(), how.executions});
    if (!watch.is_stuck(of_scenario->done())) continue;
    of_scenario->abandon();
    if (of_scenario->wait(grace)) {
      runs.join();
    } else {
      runs.detach();  // with the threads that it has started, and the rounds that it shares
    }
    return false;
  }
  runs.join();
  return true;
}

std::string remark_on(const report::result& result, const rounds_record& rounds) {
  std::string remark =
      fmt::format("nothing found (real threads, {} final {}", result.outcomes.size(),
                  result.outcomes.size() == 1 ? "state" : "states");
  if (rounds.has_handlers)
    remark += fmt::format(", {} {}", rounds.interrupts,
                          rounds.interrupts == 1 ? "interrupt" : "interrupts");
  if (nr_host_cpus() == 1 && result.tasks.size() > 1)
    remark += ", on one processor: the tasks took turns";
  return remark + ")";
}

}  // namespace

options threads_checker::with_work(profile much, const checks::scenario_info& /*on*/,
                                   options how) const {
  how.executions = rounds_of(much);
  how.time = time_of(much);
  return how;
}

std::string threads_checker::work_text(profile much) {
  return much == profile::quick
             ? fmt::format("threads {} rounds, or {} s of a processor for each task",
                           report::quantity_text(static_cast<double>(rounds_of(much))),
                           time_of(much).count())
             : fmt::format("threads {} rounds, or {} s: rarer timings",
                           report::quantity_text(static_cast<double>(rounds_of(much))),
                           time_of(much).count());
}

report::result threads_checker::check(const checks::scenario_info& scenario, const options& how,
                                      const progress_sink& sink) {
  report::result result = begin_record(*this, scenario, how);
  const clock::time_point started = clock::now();
  const auto of_scenario = std::make_shared<rounds>(programs_.find(scenario.name), how, known_);
  const bool has_ended = run_to_end(of_scenario, how, patience_, sink);
  const rounds_record rounds = of_scenario->record();

  result.executions = rounds.done;
  result.seconds = std::chrono::duration<double>(clock::now() - started).count();
  result.outcomes = outcomes_of(rounds.outcomes);
  result.guarantee = fmt::format("real threads, round {}", rounds.done);
  if (rounds.failed) {
    result.finding = report::finding_of(*rounds.failed);
  } else if (!has_ended && !rounds.error) {
    result.finding = no_end();
  } else if (rounds.error) {
    std::rethrow_exception(rounds.error);
  } else {
    result.guarantee = rounds.known.empty() ? remark_on(result, rounds)
                                            : fmt::format("real threads, {} of {} rounds",
                                                          rounds.known_rounds, rounds.done);
    result.reach = reach::sampled;
  }
  result.known_findings = rounds.known;
  result.known_executions = rounds.known_rounds;
  if (result.finding || !rounds.known.empty())
    result.replay =
        fmt::format("{} --checker threads --seed {}", check_command(scenario.name, how), how.seed);
  if (rounds.has_handlers && rounds.interrupts == 0) result.missing = "no interrupt came";
  judge(result, scenario);
  return result;
}

}  // namespace stockcheck::harness
