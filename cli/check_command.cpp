// SPDX-License-Identifier: GPL-2.0-only
// stockcheck check
#include "cli/check_progress.hpp"
#include "cli/command.hpp"
#include "cli/help_of.hpp"
#include "cli/interrupt.hpp"
#include "cli/output.hpp"
#include "cli/output_flags.hpp"
#include "cli/scenario_files.hpp"
#include "cli/selection.hpp"
#include "cli/shell_word.hpp"
#include "cli/stress_run.hpp"
#include "cli/usage_error.hpp"
#include "harness/checkers.hpp"
#include "harness/judge.hpp"
#include "harness/pool/process_pool.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace stockcheck::cli {

namespace {

/// For what is neither a search nor a checker, but several.
constexpr std::string_view automatic = "auto";
constexpr std::string_view all = "all";

struct check_options {
  std::vector<std::string> scenarios;  ///< patterns and files
  std::vector<std::string> checkers{"explore"};
  std::string profile = "quick";
  double seconds = 0;  ///< of processor time; 0: as the profile says
  double limit = 0;    ///< seconds of the whole run; 0: none
  std::string search{automatic};
  std::string model;  ///< empty: none was given
  harness::options how;
  unsigned jobs = std::max(1U, std::thread::hardware_concurrency());
  double stress_seconds = 0;  ///< 0: no stress run
  output_options out;
};

const std::map<std::string, harness::profile> profiles{{"quick", harness::profile::quick},
                                                       {"thorough", harness::profile::thorough}};

/// What a user may say for each row of a table of words, and what stands for several.
template <class Rows>
std::vector<std::string> options_of(const Rows& rows, std::string_view several) {
  std::vector<std::string> options{std::string(several)};
  for (const auto& row : rows) options.emplace_back(row.option);
  return options;
}

std::optional<explore::search> search_named(std::string_view option) {
  for (const explore::search_words& words : explore::searches)
    if (words.option == option) return words.search;
  return std::nullopt;
}

/// "; relacy has no switches, pct".
std::string help_of_lacking_searches() {
  std::string text;
  for (const harness::checker_words& words : harness::checkers()) {
    const auto checker = words.make({});
    std::string lacking;
    for (const explore::search_words& search : explore::searches)
      if (!checker->can_search(search.search))
        lacking += fmt::format("{}{}", lacking.empty() ? "" : ", ", search.option);
    if (!lacking.empty()) text += fmt::format("; {} has no {}", words.option, lacking);
  }
  return text;
}

std::string work_of(harness::profile much) {
  std::string text;
  for (const harness::checker_words& words : harness::checkers())
    if (const std::string work = words.work(much); !work.empty())
      text += (text.empty() ? "" : "; ") + work;
  return text;
}

std::vector<harness::checker_words> checkers_named(const std::vector<std::string>& names) {
  std::vector<harness::checker_words> named;
  for (const harness::checker_words& words : harness::checkers())
    if (std::ranges::any_of(names, [&](const auto& n) { return n == words.option || n == all; }))
      named.push_back(words);
  return named;
}

scenario_files compiled(const std::vector<std::string>& files,
                        const std::vector<harness::checker_words>& for_checkers,
                        unsigned processors) {
  std::vector<harness::scenario_subject> subjects;
  for (const harness::checker_words& words : for_checkers) subjects.push_back(words.subject);
  return {files, subjects, processors};
}

using checker_list = std::vector<std::unique_ptr<harness::checker>>;

using scenario_list = std::vector<const checks::scenario_info*>;

/// Compiles what they run, of the chosen scenarios.
checker_list make_checkers(const std::vector<harness::checker_words>& named,
                           const scenario_files& files, const scenario_list& chosen,
                           unsigned processors) {
  checker_list made;
  for (const harness::checker_words& words : named) {
    scenario_list can_be_run = chosen;
    const auto of_words = words.make({});
    std::erase_if(can_be_run,
                  [&](const auto* scenario) { return !of_words->can_check(*scenario); });
    made.push_back(words.make(files.programs_on(words.subject, can_be_run, processors)));
  }
  return made;
}

/// What was asked for must mean something to every checker.
void refuse_what_does_not_fit(const check_options& options,
                              const std::vector<harness::checker_words>& named) {
  checker_list with;
  for (const harness::checker_words& words : named) with.push_back(words.make({}));
  for (const auto& checker : with)
    if (!checker->can_search(options.how.search))
      throw usage_error(fmt::format("{} has no --search {}; choose another or --checker explore",
                                    checker->name(), options.search));
  const bool has_models =
      std::ranges::any_of(with, [](const auto& checker) { return checker->has_memory_models(); });
  if (!options.model.empty() && !has_models)
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
  return checker.with_work(profiles.at(options.profile), scenario, how);
}

/// One job for every scenario under every checker that can run it.
std::vector<harness::job> make_jobs(const check_options& options, const checker_list& with,
                                    const scenario_list& chosen, const scenario_files& files) {
  // No bounded work takes that long, however busy the machine: more is a hang. Who asks for a time
  // gets it.
  const std::chrono::duration<double> patience =
      std::chrono::hours(1) + std::chrono::duration<double>(16 * options.seconds);
  std::vector<harness::job> jobs;
  for (const checks::scenario_info* scenario : chosen) {
    const std::string file = files.file_of(*scenario);
    for (const auto& checker : with) {
      if (!checker->can_check(*scenario)) continue;
      harness::options how = options_for(*checker, *scenario, options);
      if (!file.empty()) how.file = shell_word(file);
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
  options.how.search = search_named(options.search);
  if (!options.model.empty()) options.how.models = harness::memory_models_of(options.model);
  const auto [patterns, file_names] = patterns_and_files(options.scenarios);
  const std::vector<harness::checker_words> named = checkers_named(options.checkers);
  refuse_what_does_not_fit(options, named);
  catch_interrupts(options.limit);
  const scenario_files files = compiled(file_names, named, options.jobs);
  const scenario_list chosen = select_scenarios(patterns, files);
  const checker_list with = make_checkers(named, files, chosen, options.jobs);
  const std::vector<harness::job> jobs = make_jobs(options, with, chosen, files);
  if (jobs.empty())
    throw usage_error(
        "none of these scenarios can be run by the chosen checker: on real threads "
        "they would corrupt the process");
  output out(options.out);

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
  check.add_option("SCENARIO", chosen->scenarios,
                   "Scenarios: names, algorithms, or patterns with * and ?, all by default; or a "
                   "file of yours that ends in .hpp, which is compiled, and checked alone unless "
                   "patterns say otherwise");
  check
      .add_option("--checker", chosen->checkers,
                  help_of(harness::checkers()) + " or all; several with commas")
      ->check(CLI::IsMember(options_of(harness::checkers(), all)))
      ->allow_extra_args(false)
      ->delimiter(',')
      ->capture_default_str()
      ->type_name("NAME");
  check
      .add_option(
          "--profile", chosen->profile,
          fmt::format("Work on each scenario: quick ({}) or thorough ({})",
                      work_of(harness::profile::quick), work_of(harness::profile::thorough)))
      ->check(CLI::IsMember(profiles))
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
                  fmt::format("Memory model for explore: {}, or all; {} if none is given",
                              help_of(explore::memory_models),
                              harness::option_of(harness::options{}.models)))
      ->check(CLI::IsMember(harness::memory_model_options()))
      ->type_name("NAME");
  check
      .add_option_function<std::string>(
          "--model",
          [](const std::string&) { throw usage_error("--model has become --memory-model"); })
      ->group("");
  check
      .add_option(
          "--search", chosen->search,
          fmt::format("How explore and relacy search: {} (full, else the deepest bound that "
                      "the work allows), {}{}",
                      automatic, help_of(explore::searches), help_of_lacking_searches()))
      ->check(CLI::IsMember(options_of(explore::searches, automatic)))
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
      "  stockcheck check my_idea.hpp --checker all        scenarios in a file of yours\n"
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
