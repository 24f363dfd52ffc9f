// SPDX-License-Identifier: GPL-2.0-only
// The program that prints the row of a defect in docs/defects.md: built once for each patch of
// mutants/model/wrong, against a model with the patch applied. Each checker looks for the defect
// with its usual work. Exits 0, or 2 if it could not.

#include "harness/explore/explore_checker.hpp"
#include "harness/judge.hpp"
#include "harness/pool/process_pool.hpp"
#include "harness/programs.hpp"
#include "harness/relacy/relacy_checker.hpp"
#include "harness/threads/threads_checker.hpp"
#include "mutants/defect_header.hpp"
#include "mutants/defect_row.hpp"

#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <span>
#include <stdexcept>
#include <vector>

namespace stockcheck::mutants {

namespace {

harness::job job_of(harness::checker& by, const checks::scenario_info& scenario,
                    const harness::options& how) {
  // A defect can crash or hang the real threads.
  constexpr std::chrono::minutes patience{10};
  return {.blank = harness::begin_record(by, scenario, how),
          .models = by.models(how),
          .limit = patience,
          .run = [&by, &scenario, how](const harness::progress_sink& sink) {
            return by.can_check(scenario) ? by.check(scenario, how, sink)
                                          : harness::begin_record(by, scenario, how);
          }};
}

harness::options by_relacy(explore::search how) {
  return {.search = how, .executions = harness::usual_relacy_executions};
}

/// In the order of the columns, and at last explore without the named oracle. One after the other:
/// side by side they would slow each other down.
std::vector<report::result> look_for(const checks::scenario_info& scenario, oracle named) {
  harness::explore_checker explore;
  harness::relacy_checker relacy;
  harness::threads_checker threads;
  const std::vector<harness::job> jobs{
      job_of(explore, scenario, {}),
      job_of(relacy, scenario, by_relacy(explore::search::exhaustive)),
      job_of(relacy, scenario, by_relacy(explore::search::preemptions)),
      job_of(relacy, scenario, by_relacy(explore::search::uniform)),
      job_of(threads, scenario, {.time = harness::quick_time_of_threads}),
      job_of(explore, scenario, {.without = named})};
  harness::pool_observer nobody;
  const std::atomic<bool> never{false};
  return harness::run_all(jobs, 1, nobody, never);
}

void print_row(std::span<char*> arguments) {
  if (arguments.size() != 2) throw std::runtime_error("usage: defect_row_NAME PATCH");
  const std::filesystem::path patch = arguments[1];
  const defect_header header = read_defect_header(patch);
  const checks::scenario_info& scenario =
      *harness::find_program(harness::explore_programs(), header.scenario).info;
  const auto results = look_for(scenario, header.caught_by);
  fmt::print("{}\n", defect_row(patch.stem().string(), header,
                                {.checkers = std::span{results}.first(results.size() - 1),
                                 .without_the_oracle = results.back()}));
}

}  // namespace

}  // namespace stockcheck::mutants

int main(int argc, char** argv) {
  try {
    stockcheck::mutants::print_row(std::span{argv, static_cast<std::size_t>(argc)});
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 2;
  }
}
