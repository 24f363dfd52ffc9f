// stockcheck stress
#include "cli/command.hpp"
#include "cli/interrupt.hpp"
#include "cli/output.hpp"
#include "cli/output_flags.hpp"
#include "cli/progress_line.hpp"
#include "cli/stress_run.hpp"
#include "cli/usage_error.hpp"
#include "report/quantity.hpp"
#include "stress/page_counter_stock_stress.hpp"

#include <fmt/format.h>

#include <memory>
#include <vector>

namespace stockcheck::cli {

report::result run_stress(const stress::options& how) {
  if (const auto wrong = stress::validate(how)) throw usage_error(*wrong);
  progress_line line;
  const auto show = [&](const stress::progress& at) {
    line.show(fmt::format("stress: {} operations, {} left",
                          report::quantity_text(static_cast<double>(at.operations)),
                          duration_text(std::max(0.0, how.time.count() - at.seconds))));
  };
  report::result result = stress::run(how, show, interrupted());
  if (result.finding)
    result.replay = fmt::format(
        "stockcheck stress --time {} --threads {} --drainers {} --limit-changers {} --depth {} "
        "--groups {} --batch {} --limit {} --max-charge {} --quiescent-every {} --seed {}",
        how.time.count(), how.threads, how.drainers, how.limit_changers, how.depth, how.groups,
        how.batch, how.limit, how.max_charge, how.quiescent_every.count(), how.seed);
  return result;
}

command add_stress_command(CLI::App& app) {
  struct options {
    stress::options how;
    double seconds = 5;
    unsigned quiescent_milliseconds = 100;
    output_options out;
  };
  auto chosen = std::make_shared<options>();
  stress::options& how = chosen->how;

  CLI::App& stress =
      *app.add_subcommand("stress", "Runs the algorithms on real threads for a while");
  const auto number = [&stress](const char* name, auto& value, const char* help) {
    stress.add_option(name, value, help)->capture_default_str()->type_name("N");
  };
  stress.add_option("--time", chosen->seconds, "How long, in seconds")
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
  number("--seed", how.seed, "Seed of the sizes of charges and limits");
  add_output_flags(stress, chosen->out);
  stress.footer(
      "Examples:\n"
      "  stockcheck stress --time 60\n"
      "  stockcheck stress --threads 64 --drainers 4 --depth 5 --time 3600 --json night.json\n"
      "\n"
      "Exit code: 0 nothing found, 1 a failure was found, 2 wrong usage.");

  return [chosen] {
    chosen->how.time = std::chrono::duration<double>(chosen->seconds);
    chosen->how.quiescent_every = std::chrono::milliseconds(chosen->quiescent_milliseconds);
    output out(chosen->out);
    catch_interrupts();
    const std::vector results{run_stress(chosen->how)};
    out.write(results, results.front().seconds);
    return report::exit_code_of(results);
  };
}

}  // namespace stockcheck::cli
