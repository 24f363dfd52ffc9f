// SPDX-License-Identifier: GPL-2.0-only
// stockcheck stress
#include "cli/command.hpp"
#include "cli/interrupt.hpp"
#include "cli/kernel_stress.hpp"
#include "cli/output.hpp"
#include "cli/output_flags.hpp"
#include "cli/progress_line.hpp"
#include "cli/stress_run.hpp"
#include "cli/usage_error.hpp"
#include "harness/judge.hpp"
#include "report/quantity.hpp"
#include "stress/page_counter_stock_stress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace stockcheck::cli {

report::result run_stress(const stress::run_options& how) {
  if (const auto wrong = stress::validate(how)) throw usage_error(*wrong);
  progress_line line;
  const auto show = [&](const stress::run_progress& at) {
    line.show(fmt::format("stress: {} operations, {} left",
                          report::quantity_text(static_cast<double>(at.operations)),
                          duration_text(std::max(0.0, how.time.count() - at.seconds))));
  };
  report::result result = stress::run(how, show, interrupted());
  harness::judge(result, {.name = result.scenario, .summary = ""});
  if (result.finding)
    result.replay = fmt::format(
        "stockcheck stress --time {} --threads {} --drainers {} --limit-changers {} --depth {} "
        "--groups {} --batch {} --limit {} --max-charge {} --quiescent-every {} --seed {}",
        how.time.count(), how.threads, how.drainers, how.limit_changers, how.depth, how.groups,
        how.batch, how.limit, how.max_charge, how.quiescent_every.count(), how.seed);
  return result;
}

namespace {

struct stress_options {
  stress::run_options how;
  double seconds = 5;
  unsigned quiescent_milliseconds = 100;
  kernel_stress_options kernel;
  output_options out;
};

/// The option --linux, and those that go with it.
CLI::Option* add_kernel_stress_flags(CLI::App& stress, stress_options& chosen) {
  kernel_stress_options& kernel = chosen.kernel;
  CLI::Option* const tree =
      stress
          .add_option("--linux", kernel.kernel.tree,
                      "Run scenarios with this kernel's own code instead: a git checkout, an "
                      "unpacked tree, a linux-source-*.tar.xz or .deb, or the version of an "
                      "installed package such as 6.12")
          ->check([](const std::string& named) { return named.empty() ? "names no kernel" : ""; })
          ->type_name("TREE");
  stress
      .add_option("SCENARIO", kernel.scenarios,
                  "With --linux: names, algorithms, or patterns with * and ?; all by default")
      ->needs(tree)
      ->type_name("");
  stress
      .add_option("--base", kernel.kernel.base,
                  "With --linux: the git revision of TREE; by default its files as they are")
      ->needs(tree)
      ->type_name("REV");
  stress
      .add_option("--rounds", kernel.rounds,
                  "With --linux: so many rounds of each scenario, instead of --time")
      ->needs(tree)
      ->check(CLI::PositiveNumber)
      ->type_name("N");
  stress
      .add_flag("--outcomes", chosen.out.outcomes,
                "With --linux: show the final states of every scenario and how often each was "
                "reached")
      ->needs(tree);
  return tree;
}

exit_code run(stress_options& chosen) {
  const std::chrono::duration<double> time{chosen.seconds};
  output out(chosen.out);
  catch_interrupts();
  if (!chosen.kernel.kernel.tree.empty()) {
    chosen.kernel.time = time;
    chosen.kernel.seed = chosen.how.seed;
    const auto [results, seconds] = stress_kernel(chosen.kernel);
    out.write(results, seconds);
    return report::exit_code_of(results);
  }
  chosen.how.time = time;
  chosen.how.quiescent_every = std::chrono::milliseconds(chosen.quiescent_milliseconds);
  const std::vector results{run_stress(chosen.how)};
  out.write(results, results.front().seconds);
  return report::exit_code_of(results);
}

}  // namespace

command add_stress_command(CLI::App& app) {
  auto chosen = std::make_shared<stress_options>();
  stress::run_options& how = chosen->how;

  CLI::App& stress = *app.add_subcommand(
      "stress", "Runs the algorithms, or the kernel's own source, on real threads for a while");
  CLI::Option* const kernel = add_kernel_stress_flags(stress, *chosen);
  const auto number = [&](const char* name, auto& value, const char* help) {
    stress.add_option(name, value, help)->excludes(kernel)->capture_default_str()->type_name("N");
  };
  stress
      .add_option("--time", chosen->seconds,
                  "How long, in seconds; with --linux for all scenarios together")
      ->check(CLI::Range(0.001, 1e7))
      ->capture_default_str()
      ->type_name("SECONDS");
  number("--threads", how.threads, "Threads that charge and uncharge, each a CPU of the model");
  number("--drainers", how.drainers, "Threads that drain the stocks of all CPUs");
  number("--limit-changers", how.limit_changers, "Threads that lower and raise limits");
  number("--depth", how.depth, "Levels of the hierarchy");
  number("--groups", how.groups, "Groups at its lowest level");
  number("--batch", how.batch, "Pages charged at once to fill a stock");
  number("--limit", how.limit, "Limit of every group in pages; 0: eight batches a thread");
  number("--max-charge", how.max_charge, "Pages of the largest charge");
  number("--quiescent-every", chosen->quiescent_milliseconds,
         "Milliseconds between two points at which all threads stop and the books are compared");
  stress
      .add_option("--seed", how.seed,
                  "Seed of the sizes of charges and limits; with --linux of the delays of tasks")
      ->capture_default_str()
      ->type_name("N");
  add_output_flags(stress, chosen->out);
  stress.footer(
      "Examples:\n"
      "  stockcheck stress --time 60\n"
      "  stockcheck stress --threads 64 --drainers 4 --depth 5 --time 3600 --json night.json\n"
      "  stockcheck stress --linux 6.12 --time 60          the kernel's own code\n"
      "  stockcheck stress --linux ~/linux page_counter/last_page --rounds 1000000 --outcomes\n"
      "\n"
      "With --linux code of TREE is compiled and run, in processes with limits but with your "
      "rights.\n"
      "\n"
      "Exit code: 0 nothing found, 1 a failure was found, 2 wrong usage, 3 something stayed "
      "unknown,\n"
      "4 the machine failed.");

  return [chosen] { return run(*chosen); };
}

}  // namespace stockcheck::cli
