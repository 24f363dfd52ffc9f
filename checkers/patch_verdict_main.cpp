// The program that shows whether a patch of checks/defects is caught as it says, or one of
// checks/equivalents passes: by `stockcheck verify --model`. Exits 0 if so, 1 if not, 2 if the
// header is wrong or the patch does not apply or compile.

#include "checkers/defect_verdict.hpp"
#include "checkers/equivalent_header.hpp"
#include "report/counterexample.hpp"
#include "report/json.hpp"
#include "source/system/file_text.hpp"
#include "source/system/run_process.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace stockcheck::checkers {

namespace {

namespace fs = std::filesystem;

struct verified {
  std::vector<report::result> before;
  std::vector<report::result> after;
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
  std::vector<std::string> arguments{command,  "verify", "--model", patch.string(),
                                     "--jobs", "1",      "--json",  "-"};
  for (const std::string& pattern : scenarios)
    arguments.insert(arguments.end(), {"--scenario", pattern});
  std::vector<std::string> environment = source::plain_environment();
  for (const char* const name : {"XDG_CACHE_HOME", "HOME", "CXX"})
    if (const char* const value = std::getenv(name); value != nullptr)
      environment.push_back(fmt::format("{}={}", name, value));
  const source::process_result done =
      source::run_process({.arguments = arguments, .environment = environment, .limit = limit});
  const auto document = nlohmann::json::parse(done.output, nullptr, false);
  if (document.is_discarded())
    throw std::runtime_error(fmt::format("{}: {}", patch.string(), done.errors));
  // A patch that applies only roughly may be another one than it says.
  for (const std::string note : document.at("notes"))
    if (note.find("with fuzz") != std::string::npos && !note.ends_with("with fuzz 0"))
      throw std::runtime_error(note);
  return {results_of(document.at("before")), results_of(document.at("after"))};
}

bool is_caught(const std::string& command, const fs::path& patch) {
  const defect_header header = read_defect_header(patch);
  const verified found = verify(command, patch, {header.scenario});
  if (found.before.front().known)
    throw malformed_patch(patch.string(), header.scenario_line,
                          "this scenario declares a known property: it fails without the defect");
  const report::result& result = found.after.front();
  fmt::print("{}\n", defect_line(patch.stem().string(), header, result));
  return complaint(header, result).empty();
}

/// A known property must still be there.
bool is_right(const report::result& result) {
  return result.known ? result.verdict == report::verdict::known
                      : result.verdict == report::verdict::pass && !result.proof.empty();
}

bool passes(const std::string& command, const fs::path& patch) {
  const equivalent_header header = read_equivalent_header(patch);
  const verified found = verify(command, patch, header.scenarios);
  const std::string name = patch.stem().string();
  bool all_right = true;
  std::uint64_t executions = 0;
  for (const report::result& result : found.after) {
    executions += result.executions;
    if (is_right(result)) continue;
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
  return source::read_file(patch).starts_with("Equivalent:") ? passes(arguments[1], patch)
                                                             : is_caught(arguments[1], patch);
}

}  // namespace

}  // namespace stockcheck::checkers

int main(int argc, char** argv) {
  try {
    return stockcheck::checkers::is_as_it_says(std::span{argv, static_cast<std::size_t>(argc)}) ? 0
                                                                                                : 1;
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 2;
  }
}
