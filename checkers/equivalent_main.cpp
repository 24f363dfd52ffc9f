// The program that shows whether an equivalent passes: built once for each patch of
// checks/equivalents, against a model with the patch applied. Exits 0 if explore proves every
// scenario that the patch names, and finds what the scenario declares where it declares something;
// 1 if not, 2 if the patch's header is wrong.

#include "checkers/equivalent_header.hpp"
#include "checkers/explore_checker.hpp"
#include "checkers/programs.hpp"
#include "checkers/scenario_pattern.hpp"
#include "report/counterexample.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace stockcheck::checkers {

namespace {

std::vector<const checks::scenario_info*> scenarios_of(const equivalent_header& header,
                                                       std::string_view file) {
  std::vector<const checks::scenario_info*> chosen;
  for (const std::string& pattern : header.scenarios)
    if (std::ranges::none_of(explore_programs(), [&](const checks::program_entry& entry) {
          return matches(pattern, entry.info->name);
        }))
      throw malformed_patch(file, header.scenarios_line,
                            fmt::format("no scenario matches '{}'", pattern));
  for (const checks::program_entry& entry : explore_programs())
    if (std::ranges::any_of(header.scenarios, [&](const std::string& pattern) {
          return matches(pattern, entry.info->name);
        }))
      chosen.push_back(entry.info);
  return chosen;
}

bool is_right(const report::result& result) {
  return result.known ? result.verdict == report::verdict::known
                      : result.verdict == report::verdict::pass && !result.proof.empty();
}

void show(std::string_view name, const report::result& wrong) {
  fmt::print("{:<32} NOT RIGHT in {}: {}\n", name, wrong.scenario,
             wrong.finding ? report::summary_of(*wrong.finding) : wrong.guarantee);
  if (wrong.finding) fmt::print("{}", report::counterexample(wrong, report::style{false}));
}

bool passes(std::span<char*> arguments) {
  // An end for a search that has none; the scenarios need a small part of it.
  constexpr std::chrono::seconds time{60};
  if (arguments.size() != 2) throw std::runtime_error("usage: equivalent_NAME PATCH");
  const std::filesystem::path patch = arguments[1];
  const equivalent_header header = read_equivalent_header(patch);
  const std::string name = patch.stem().string();

  explore_checker explore;
  bool all_right = true;
  std::uint64_t executions = 0;
  const auto scenarios = scenarios_of(header, patch.string());
  for (const checks::scenario_info* scenario : scenarios) {
    const report::result result =
        explore.check(*scenario, {.time = time, .search = search::full}, {});
    executions += result.executions;
    if (is_right(result)) continue;
    all_right = false;
    show(name, result);
  }
  if (all_right)
    fmt::print("{:<32} right in {} scenarios, {} executions\n", name, scenarios.size(), executions);
  return all_right;
}

}  // namespace

}  // namespace stockcheck::checkers

int main(int argc, char** argv) {
  try {
    return stockcheck::checkers::passes(std::span{argv, static_cast<std::size_t>(argc)}) ? 0 : 1;
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 2;
  }
}
