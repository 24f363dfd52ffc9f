// SPDX-License-Identifier: GPL-2.0-only
// The program that prints the row of a defect in docs/defects.md, for which each checker looks for
// it with its usual work; with --relacy it says whether Relacy catches it with more. Exits 0, 1 if
// Relacy does not, and 2 if it could not.

#include "harness/checkers.hpp"
#include "harness/judge.hpp"
#include "harness/objects/scenario_builder.hpp"
#include "harness/pool/process_pool.hpp"
#include "harness/programs.hpp"
#include "harness/relacy/relacy_checker.hpp"
#include "harness/scenario_headers.hpp"
#include "harness/threads/threads_checker.hpp"
#include "mutants/defect_row.hpp"
#include "mutants/defect_verdict.hpp"
#include "mutants/mutant_header.hpp"
#include "verify/model/patched_model.hpp"

#include <fmt/format.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
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

/// The scenario on the model with the patch, for a checker.
harness::programs patched(const harness::checker_words& checker, std::string_view scenario,
                          const kernel_source::tree_files& files) {
  const std::string header(harness::header_of(scenario).name);
  const auto built =
      harness::build_scenarios({.files = files, .headers = {header}, .subject = checker.subject});
  harness::programs on;
  on.replace(std::string(scenario), {built.objects.at(header), header});
  return on;
}

using checker_list = std::vector<std::unique_ptr<harness::checker>>;

/// The checkers with these names, in that order.
checker_list checkers_on_patched(std::span<const std::string_view> names,
                                 const std::filesystem::path& patch, std::string_view scenario) {
  const verify::patched_model model = verify::apply_to_model({patch.string()}, "", nullptr);
  checker_list made;
  for (const std::string_view name : names)
    for (const harness::checker_words& words : harness::checkers())
      if (words.option == name) made.push_back(words.make(patched(words, scenario, model.files)));
  return made;
}

std::vector<report::result> run(const std::vector<harness::job>& jobs) {
  harness::pool_observer nobody;
  const std::atomic<bool> never{false};
  return harness::run_all(jobs, 1, nobody, never);
}

/// In the order of the columns, and at last explore without the named oracle. One after the other:
/// side by side they would slow each other down.
std::vector<report::result> look_for(const std::filesystem::path& patch,
                                     const checks::scenario_info& scenario, oracle named) {
  constexpr std::array<std::string_view, 3> names{"explore", "relacy", "threads"};
  const checker_list by = checkers_on_patched(names, patch, scenario.name);
  harness::checker& explore = *by.at(0);
  harness::checker& relacy = *by.at(1);
  harness::checker& threads = *by.at(2);
  return run({job_of(explore, scenario, {}),
              job_of(relacy, scenario, by_relacy(explore::search::exhaustive)),
              job_of(relacy, scenario, by_relacy(explore::search::preemptions)),
              job_of(relacy, scenario, by_relacy(explore::search::uniform)),
              job_of(threads, scenario, {.time = harness::quick_time_of_threads}),
              job_of(explore, scenario, {.without = named})});
}

void print_row(const std::filesystem::path& patch, const mutant_header& header,
               const checks::scenario_info& scenario) {
  const auto results = look_for(patch, scenario, header.caught_by);
  fmt::print("{}\n", defect_row(patch.stem().string(), header,
                                {.checkers = std::span{results}.first(results.size() - 1),
                                 .without_the_oracle = results.back()}));
}

bool relacy_catches(const std::filesystem::path& patch, const mutant_header& header,
                    const checks::scenario_info& scenario) {
  constexpr std::array<std::string_view, 1> names{"relacy"};
  const checker_list by = checkers_on_patched(names, patch, scenario.name);
  const auto results =
      run({job_of(*by.front(), scenario, {.executions = 50 * harness::quick_relacy_executions})});
  fmt::print("{}\n", defect_line(patch.stem().string(), header, results.front()));
  return complaint(header, results.front()).empty();
}

int run(std::span<char*> arguments) {
  const bool by_relacy_alone =
      arguments.size() == 3 && std::string_view(arguments[1]) == "--relacy";
  if (arguments.size() != 2 && !by_relacy_alone)
    throw std::runtime_error("usage: defect_row [--relacy] PATCH");
  const std::filesystem::path patch = arguments.back();
  const mutant_header header = read_mutant_header(patch);
  const checks::scenario_info& scenario =
      *harness::find_program(harness::explore_programs(), header.scenarios.front()).info;
  if (by_relacy_alone) return relacy_catches(patch, header, scenario) ? 0 : 1;
  print_row(patch, header, scenario);
  return 0;
}

}  // namespace

}  // namespace stockcheck::mutants

int main(int argc, char** argv) {
  try {
    return stockcheck::mutants::run(std::span{argv, static_cast<std::size_t>(argc)});
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 2;
  }
}
