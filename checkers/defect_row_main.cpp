// The program that prints the row of a defect in docs/defects.md: built once for each patch of
// checks/defects, against a model with the patch applied. Each checker looks for the defect with
// its usual work. Exits 0, or 2 if it could not.

#include "checkers/defect_header.hpp"
#include "checkers/defect_row.hpp"
#include "checkers/explore_checker.hpp"
#include "checkers/judge.hpp"
#include "checkers/process_pool.hpp"
#include "checkers/programs.hpp"
#include "checkers/relacy_checker.hpp"
#include "checkers/threads_checker.hpp"

#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <span>
#include <stdexcept>
#include <vector>

namespace stockcheck::checkers {

namespace {

job job_of(checker& by, const checks::scenario_info& scenario, const options& how) {
  // A defect can crash or hang the real threads.
  constexpr std::chrono::minutes patience{10};
  return {.blank = begin_record(by, scenario, how),
          .models = by.models(how),
          .limit = patience,
          .run = [&by, &scenario, how](const progress_sink& sink) {
            return by.can_check(scenario) ? by.check(scenario, how, sink)
                                          : begin_record(by, scenario, how);
          }};
}

options by_relacy(search how) { return {.search = how, .executions = usual_relacy_executions}; }

/// In the order of the columns, and at last explore without the named oracle. One after the other:
/// side by side they would slow each other down.
std::vector<report::result> look_for(const checks::scenario_info& scenario, oracle named) {
  explore_checker explore;
  relacy_checker relacy;
  threads_checker threads;
  const std::vector<job> jobs{job_of(explore, scenario, {}),
                              job_of(relacy, scenario, by_relacy(search::full)),
                              job_of(relacy, scenario, by_relacy(search::bounded)),
                              job_of(relacy, scenario, by_relacy(search::random)),
                              job_of(threads, scenario, {.time = quick_time_of_threads}),
                              job_of(explore, scenario, {.without = named})};
  pool_observer nobody;
  const std::atomic<bool> never{false};
  return run_all(jobs, 1, nobody, never);
}

void print_row(std::span<char*> arguments) {
  if (arguments.size() != 2) throw std::runtime_error("usage: defect_row_NAME PATCH");
  const std::filesystem::path patch = arguments[1];
  const defect_header header = read_defect_header(patch);
  const checks::scenario_info& scenario = *find_program(explore_programs(), header.scenario).info;
  const auto results = look_for(scenario, header.caught_by);
  fmt::print("{}\n", defect_row(patch.stem().string(), header,
                                {.checkers = std::span{results}.first(results.size() - 1),
                                 .without_the_oracle = results.back()}));
}

}  // namespace

}  // namespace stockcheck::checkers

int main(int argc, char** argv) {
  try {
    stockcheck::checkers::print_row(std::span{argv, static_cast<std::size_t>(argc)});
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 2;
  }
}
