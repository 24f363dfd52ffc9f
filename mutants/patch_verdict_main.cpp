// SPDX-License-Identifier: GPL-2.0-only
// The program that shows whether a patch of mutants/model/wrong is caught as it says, or one of
// mutants/model/right passes: by `stockcheck verify --of-model`. Exits 0 if so, 1 if not, 2 if the
// header is wrong or the patch does not apply or compile.

#include "kernel_source/system/run_process.hpp"
#include "mutants/defect_verdict.hpp"
#include "mutants/mutant_header.hpp"
#include "report/counterexample.hpp"
#include "report/json.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace stockcheck::mutants {

namespace {

namespace fs = std::filesystem;

struct verified {
  std::vector<report::result> before;
  std::vector<report::result> after;
  std::vector<std::string> changes;
};

std::vector<report::result> results_of(const nlohmann::json& list) {
  std::vector<report::result> results;
  for (const nlohmann::json& one : list)
    results.push_back(report::result_from_json_text(one.dump()));
  return results;
}

/// Throws std::runtime_error with what the command says if it says nothing about the patch.
verified verify(const std::string& command, const fs::path& patch,
                const std::vector<std::string>& scenarios) {
  constexpr std::chrono::minutes limit{10};
  std::vector<std::string> arguments{command,  "verify", "--of-model", patch.string(),
                                     "--jobs", "1",      "--json",     "-"};
  for (const std::string& pattern : scenarios)
    arguments.insert(arguments.end(), {"--scenario", pattern});
  std::vector<std::string> environment = kernel_source::plain_environment();
  for (const char* const name : {"XDG_CACHE_HOME", "HOME", "CXX"})
    if (const char* const value = std::getenv(name); value != nullptr)
      environment.push_back(fmt::format("{}={}", name, value));
  const kernel_source::process_result done = kernel_source::run_process(
      {.arguments = arguments, .environment = environment, .limit = limit});
  const auto document = nlohmann::json::parse(done.output, nullptr, false);
  if (document.is_discarded())
    throw std::runtime_error(fmt::format("{}: {}", patch.string(), done.errors));
  // Such a patch may be another one than it says, or say nothing.
  if (document.at("fuzzy"))
    throw std::runtime_error(fmt::format("{} applies only with fuzz", patch.string()));
  if (const std::vector<std::string> unseen = document.at("not_included"); !unseen.empty())
    throw std::runtime_error(fmt::format("{} changes what none of its scenarios includes: {}",
                                         patch.string(), fmt::join(unseen, ", ")));
  if (!document.at("changed"))
    throw std::runtime_error(fmt::format("{} changes nothing that is checked", patch.string()));
  verified found{results_of(document.at("before")), results_of(document.at("after")), {}};
  for (const nlohmann::json& change : document.at("changes"))
    found.changes.push_back(change.at("change"));
  return found;
}

bool is_proven(const report::result& result) {
  return result.verdict == verdict::pass && !result.proof.empty();
}

bool is_caught(const std::string& command, const fs::path& patch, const mutant_header& header) {
  const verified found = verify(command, patch, header.scenarios);
  const auto refuse = [&](const std::string& why) {
    throw malformed_mutant(patch.string(), header.scenarios_line, why);
  };
  if (found.before.size() != 1)
    refuse(fmt::format("these are {} scenarios, not one", found.before.size()));
  const report::result& before = found.before.front();
  if (before.known) refuse("this scenario declares a known property: it fails without the defect");
  if (!is_proven(before))
    refuse("this scenario is not proven without the defect: " + before.guarantee);
  const report::result& result = found.after.front();
  fmt::print("{}\n", defect_line(patch.stem().string(), header, result));
  return complaint(header, result).empty();
}

bool passes(const std::string& command, const fs::path& patch, const mutant_header& header) {
  const verified found = verify(command, patch, header.scenarios);
  const std::string name = patch.stem().string();
  bool all_right = true;
  std::uint64_t executions = 0;
  for (std::size_t i = 0; i < found.after.size(); ++i) {
    const report::result& result = found.after[i];
    executions += result.executions;
    // A known property must still be there, and with it what it hides.
    const bool is_still_known =
        result.verdict == verdict::known || found.changes[i] == "still failing";
    if (result.known ? is_still_known : is_proven(result)) continue;
    all_right = false;
    fmt::print("{:<32} NOT RIGHT in {}: {}\n", name, result.scenario,
               result.finding ? report::summary_of(*result.finding) : result.guarantee);
    if (result.finding) fmt::print("{}", report::counterexample(result, report::style{false}));
  }
  if (all_right)
    fmt::print("{:<32} right in {} scenarios, {} executions\n", name, found.after.size(),
               executions);
  return all_right;
}

bool is_as_it_says(std::span<char*> arguments) {
  if (arguments.size() != 3) throw std::runtime_error("usage: patch_verdict STOCKCHECK PATCH");
  const fs::path patch = arguments[2];
  const mutant_header header = read_mutant_header(patch);
  if (!header.kernels.empty() ||
      (header.kind != mutant_kind::wrong && header.kind != mutant_kind::right))
    throw malformed_mutant(patch.string(), 1, "neither wrong nor right, or not of our model");
  return header.kind == mutant_kind::right ? passes(arguments[1], patch, header)
                                           : is_caught(arguments[1], patch, header);
}

}  // namespace

}  // namespace stockcheck::mutants

int main(int argc, char** argv) {
  try {
    return stockcheck::mutants::is_as_it_says(std::span{argv, static_cast<std::size_t>(argc)}) ? 0
                                                                                               : 1;
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 2;
  }
}
