// SPDX-License-Identifier: GPL-2.0-only
// stockcheck check
#include "cli/check_progress.hpp"
#include "cli/command.hpp"
#include "cli/interrupt.hpp"
#include "cli/memory_models.hpp"
#include "cli/output.hpp"
#include "cli/output_flags.hpp"
#include "cli/selection.hpp"
#include "cli/stress_run.hpp"
#include "cli/usage_error.hpp"
#include "harness/explore/explore_checker.hpp"
#include "harness/judge.hpp"
#include "harness/pool/process_pool.hpp"
#include "harness/relacy/relacy_checker.hpp"
#include "harness/threads/threads_checker.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace stockcheck::cli {

namespace {

struct check_options {
  std::vector<std::string> patterns;
  std::vector<std::string> checkers{"explore"};
  std::string profile = "quick";
  double seconds = 0;  ///< of processor time; 0: as the profile says
  double limit = 0;    ///< seconds of the whole run; 0: none
  std::string search = "auto";
  std::string model;  ///< empty: none was given
  harness::options how;
  unsigned jobs = std::max(1U, std::thread::hardware_concurrency());
  double stress_seconds = 0;  ///< 0: no stress run
  output_options out;
};

const std::map<std::string, harness::search> searches{
    {"auto", harness::search::automatic}, {"full", harness::search::full},
    {"bound", harness::search::bounded},  {"switches", harness::search::switches},
    {"random", harness::search::random},  {"pct", harness::search::pct},
    {"pos", harness::search::pos},
};

/// Work on each scenario. explore comes to its end before, Relacy half of the times, and real
/// threads never.
struct profile {
  std::uint64_t explore_events;
  std::uint64_t drawn;         ///< executions of explore where they are drawn at random
  std::uint64_t relacy;        ///< executions where nothing is to be found
  std::uint64_t relacy_known;  ///< where a known property must be found
  std::uint64_t rounds;        ///< of real threads
  /// And processor time of each task of them, if that is over first.
  std::chrono::duration<double> threads;
};
const std::map<std::string, profile> profiles{
    {"quick",
     {.explore_events = harness::usual_events,
      .drawn = 100'000,
      .relacy = harness::quick_relacy_executions,
      .relacy_known = harness::usual_relacy_executions,
      .rounds = 2000,
      .threads = harness::quick_time_of_threads}},
    {"thorough",
     {.explore_events = 100 * harness::usual_events,
      .drawn = 5'000'000,
      .relacy = 100 * harness::quick_relacy_executions,
      .relacy_known = 100 * harness::quick_relacy_executions,
      .rounds = 500'000,
      .threads = std::chrono::minutes(1)}},
};

/// "42,000".
std::string grouped(std::uint64_t number) {
  std::string text = std::to_string(number);
  constexpr std::size_t group = 3;
  for (std::size_t at = text.size(); at > group; at -= group) text.insert(at - group, ",");
  return text;
}

std::string help_of_profiles() {
  const profile& quick = profiles.at("quick");
  const profile& thorough = profiles.at("thorough");
  return fmt::format(
      "Work on each scenario: quick (explore to its end, or {} random draws; relacy {} executions, "
      "or {} where it must find something; threads {} rounds, or {} s of a processor for each "
      "task) or thorough (relacy {}: deeper bounds where it does not come to its end; threads {} "
      "rounds or {} s: rarer timings)",
      grouped(quick.drawn), grouped(quick.relacy), grouped(quick.relacy_known),
      grouped(quick.rounds), quick.threads.count(), grouped(thorough.relacy),
      grouped(thorough.rounds), thorough.threads.count());
}

using checker_list = std::vector<std::unique_ptr<harness::checker>>;

checker_list make_checkers(const std::vector<std::string>& names) {
  const auto wanted = [&](std::string_view name) {
    return std::ranges::any_of(names, [&](const auto& n) { return n == name || n == "all"; });
  };
  checker_list made;
  made.push_back(std::make_unique<harness::explore_checker>());
  made.push_back(std::make_unique<harness::relacy_checker>());
  made.push_back(std::make_unique<harness::threads_checker>());
  std::erase_if(made, [&](const auto& checker) { return !wanted(checker->name()); });
  return made;
}

/// What was asked for must mean something to every checker.
void refuse_what_does_not_fit(const check_options& options, const checker_list& with) {
  for (const auto& checker : with)
    if (!checker->can_search(options.how.search))
      throw usage_error(fmt::format("{} has no --search {}; choose another or --checker explore",
                                    checker->name(), options.search));
  const bool explores =
      std::ranges::any_of(with, [](const auto& checker) { return checker->name() == "explore"; });
  if (!options.model.empty() && !explores)
    throw usage_error(
        "--memory-model is for --checker explore; the others know one memory model only");
}

/// The options as this checker gets them for this scenario: the work that the profile gives, unless
/// a time or a number of executions was asked for.
harness::options options_for(const harness::checker& checker, const checks::scenario_info& scenario,
                             const check_options& options) {
  harness::options how = options.how;
  if (options.seconds > 0) how.time = std::chrono::duration<double>(options.seconds);
  if (options.seconds > 0 || how.executions != 0) {
    how.events = 0;
    return how;
  }
  const profile& chosen = profiles.at(options.profile);
  how.events = chosen.explore_events;
  if (checker.name() == "threads") {
    how.executions = chosen.rounds;
    how.time = chosen.threads;
  }
  if (checker.name() == "relacy")
    how.executions = scenario.known ? chosen.relacy_known : chosen.relacy;
  if (checker.name() == "explore" && harness::is_random(how.search)) how.executions = chosen.drawn;
  return how;
}

/// One job for every scenario under every checker that can run it.
std::vector<harness::job> make_jobs(const check_options& options, const checker_list& with) {
  // No bounded work takes that long, however busy the machine: more is a hang. Who asks for a time
  // gets it.
  const std::chrono::duration<double> patience =
      std::chrono::hours(1) + std::chrono::duration<double>(16 * options.seconds);
  std::vector<harness::job> jobs;
  for (const checks::scenario_info* scenario : select_scenarios(options.patterns)) {
    for (const auto& checker : with) {
      if (!checker->can_check(*scenario)) continue;
      const harness::options how = options_for(*checker, *scenario, options);
      jobs.push_back({.blank = harness::begin_record(*checker, *scenario, how),
                      .models = checker->models(how),
                      .limit = patience,
                      .processors = checker->processors(*scenario),
                      .run = [&checker, scenario, how](const harness::progress_sink& sink) {
                        return checker->check(*scenario, how, sink);
                      }});
    }
  }
  return jobs;
}

exit_code run(check_options& options) {
  options.how.search = searches.at(options.search);
  if (!options.model.empty()) options.how.model = memory_models().at(options.model);
  const checker_list with = make_checkers(options.checkers);
  refuse_what_does_not_fit(options, with);
  const std::vector<harness::job> jobs = make_jobs(options, with);
  if (jobs.empty())
    throw usage_error(
        "none of these scenarios can be run by the chosen checker: on real threads "
        "they would corrupt the process");
  output out(options.out);

  catch_interrupts(options.limit);
  std::vector<report::result> results;
  double seconds = 0;
  {
    check_progress progress(jobs);
    results = harness::run_all(jobs, options.jobs, progress, interrupted());
    seconds = progress.seconds();
  }
  if (options.stress_seconds > 0) {
    // After an interrupt it stops at once, and is unknown.
    results.push_back(run_stress(
        {.time = std::chrono::duration<double>(options.stress_seconds), .seed = options.how.seed}));
    seconds += results.back().seconds;
  }
  out.write(results, seconds);
  return report::exit_code_of(results);
}

}  // namespace

command add_check_command(CLI::App& app) {
  auto chosen = std::make_shared<check_options>();
  CLI::App& check = *app.add_subcommand("check", "Runs scenarios under model checkers");
  check.add_option("PATTERN", chosen->patterns,
                   "Scenarios: names, algorithms, or patterns with * and ?; all by default");
  check
      .add_option("--checker", chosen->checkers,
                  "explore (every execution of a memory model), relacy (interleavings and stale "
                  "reads, bounded), threads (real threads) or all; several with commas")
      ->check(CLI::IsMember({"explore", "relacy", "threads", "all"}))
      ->allow_extra_args(false)
      ->delimiter(',')
      ->capture_default_str()
      ->type_name("NAME");
  check.add_option("--profile", chosen->profile, help_of_profiles())
      ->check(CLI::IsMember({"quick", "thorough"}))
      ->capture_default_str()
      ->type_name("NAME");
  const CLI::Range seconds(0.001, 1e6);
  check
      .add_option(
          "--time", chosen->seconds,
          "Seconds of processor time for each scenario and checker, and on real threads for "
          "each task, instead of the profile's work")
      ->check(seconds)
      ->type_name("SECONDS");
  add_limit_flag(check, chosen->limit);
  check
      .add_option("--memory-model", chosen->model,
                  "Memory model for explore: sc, tso (x86), rc11 (C++; the default), or all three")
      ->check(CLI::IsMember(memory_models()))
      ->type_name("NAME");
  check
      .add_option_function<std::string>(
          "--model",
          [](const std::string&) { throw usage_error("--model has become --memory-model"); })
      ->group("");
  check
      .add_option("--search", chosen->search,
                  "How explore and relacy search: auto (full, else the deepest bound that the work "
                  "allows), full, bound (preemptions) or random; explore alone: switches, pct, pos")
      ->check(CLI::IsMember(searches))
      ->capture_default_str()
      ->type_name("HOW");
  check
      .add_option("--bound", chosen->how.bound,
                  "Preemptions or context switches that --search bound or switches allows, or the "
                  "depth of pct")
      ->check(CLI::Range(0, 1000))
      ->capture_default_str()
      ->type_name("N");
  check
      .add_option("--executions", chosen->how.executions,
                  "At most N executions of each search, or rounds of threads, instead of the "
                  "profile's work")
      ->check(CLI::PositiveNumber)
      ->type_name("N");
  constexpr unsigned largest_seed = 65535;
  check.add_option("--seed", chosen->how.seed, "Seed of a random search and of threads")
      ->check(CLI::Range(0U, largest_seed))
      ->capture_default_str()
      ->type_name("N");
  check.add_option("--jobs", chosen->jobs, "Processors to use: scenarios are checked side by side")
      ->check(CLI::Range(1, 1024))
      ->capture_default_str()
      ->type_name("N");
  check
      .add_option("--stress", chosen->stress_seconds,
                  "Then run 'stockcheck stress' for so long and add its row")
      ->check(seconds)
      ->type_name("SECONDS");
  check.add_flag("--known", chosen->out.details_of_known,
                 "Show counterexamples of known properties too");
  check.add_flag("--outcomes", chosen->out.outcomes,
                 "Show the final states of every scenario and how often each was reached");
  add_output_flags(check, chosen->out);
  check.footer(
      "Examples:\n"
      "  stockcheck check                                  all scenarios\n"
      "  stockcheck check page_counter_stock               one algorithm\n"
      "  stockcheck check '*set_max*' --profile thorough   more work on each\n"
      "  stockcheck check page_counter/last_page --memory-model all --known\n"
      "  stockcheck check page_counter_stock/two_drainers --search bound --bound 2\n"
      "  stockcheck check page_counter/last_page --search random --seed 7\n"
      "  stockcheck check page_counter/last_page --checker threads --outcomes\n"
      "  stockcheck check --checker all 'page_counter/*' --json result.json\n"
      "  stockcheck check --checker explore,relacy --limit 600\n"
      "\n"
      "Exit code: 0 all passed, 1 a failure was found, 2 wrong usage, 3 something stayed unknown,\n"
      "4 the machine failed.");
  return [chosen] { return run(*chosen); };
}

}  // namespace stockcheck::cli
