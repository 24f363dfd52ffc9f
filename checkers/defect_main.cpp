// The program that shows whether a defect is caught: built once for each patch of checks/defects,
// against a model with the patch applied. Exits 0 if every checker that was built for it catches it
// as the patch says, 1 if not, 2 if the patch's header is wrong.

#include "checkers/defect_checkers.hpp"
#include "checkers/defect_header.hpp"
#include "checkers/programs.hpp"
#include "report/counterexample.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace stockcheck::checkers {

namespace {

const checks::scenario_info& scenario_of(const defect_header& header, std::string_view file) {
  try {
    const checks::scenario_info& info = *find_program(explore_programs(), header.scenario).info;
    if (!info.known) return info;
  } catch (const std::out_of_range& unknown) {
    throw malformed_patch(file, header.scenario_line, unknown.what());
  }
  throw malformed_patch(file, header.scenario_line,
                        "this scenario declares a known property: it fails without the defect");
}

bool shows_stale_read(const report::finding& finding, std::string_view object) {
  return std::ranges::any_of(finding.steps, [object](const report::step& step) {
    return step.stale && step.what.find(object) != std::string::npos;
  });
}

/// What a checker must have found; empty if it did, else what is wrong.
std::string complaint(const defect_header& header, const report::result& result) {
  if (!result.finding) return fmt::format("NOT CAUGHT by {}: {}", result.checker, result.guarantee);
  if (result.finding->kind != header.caught_by)
    return fmt::format("WRONG ORACLE with {}: {}, the patch says {}", result.checker,
                       name_of(result.finding->kind), name_of(header.caught_by));
  if (!header.stale.empty() && !shows_stale_read(*result.finding, header.stale))
    return fmt::format("NOT SHOWN by {}: no stale read of {}", result.checker, header.stale);
  return "";
}

/// One line that says what became of the defect, and one for each thing that is wrong; true if all
/// checkers caught it as they should.
bool show(std::string_view name, const defect_header& header,
          const std::vector<report::result>& results) {
  std::string executions;
  std::string complaints;
  for (const report::result& result : results) {
    executions += fmt::format("{}{} {:>{}}", executions.empty() ? "" : ", ", result.checker,
                              result.executions, result.checker == "explore" ? 3 : 4);
    if (const std::string wrong = complaint(header, result); !wrong.empty())
      complaints += fmt::format("{:<32} {}\n", name, wrong);
  }
  if (complaints.empty())
    fmt::print("{:<32} caught by {:<12} in {:<48} after {} executions: {}\n", name,
               name_of(header.caught_by), header.scenario, executions,
               report::summary_of(*results.front().finding));
  fmt::print("{}", complaints);
  return complaints.empty();
}

struct request {
  std::filesystem::path patch;
  std::string_view shown;  ///< the checker whose counterexample is wanted; empty: none
};

/// Throws std::runtime_error for a line that makes no sense.
request parse(std::span<char*> arguments) {
  constexpr const char* usage = "usage: defect_NAME PATCH [--show [--checker explore|relacy]]";
  if (arguments.size() < 2) throw std::runtime_error(usage);
  request parsed{.patch = arguments[1], .shown = ""};
  if (arguments.size() == 2) return parsed;
  if (std::string_view(arguments[2]) != "--show") throw std::runtime_error(usage);
  parsed.shown = "explore";
  if (arguments.size() == 3) return parsed;
  if (arguments.size() != 5 || std::string_view(arguments[3]) != "--checker")
    throw std::runtime_error(usage);
  parsed.shown = arguments[4];
  if (parsed.shown != "explore" && parsed.shown != "relacy") throw std::runtime_error(usage);
  return parsed;
}

bool is_caught(const request& wanted) {
  const defect_header header = read_defect_header(wanted.patch);
  const checks::scenario_info& scenario = scenario_of(header, wanted.patch.string());
  std::vector<report::result> results;
  for (const auto& [by, how] : defect_checkers()) results.push_back(by->check(scenario, how, {}));
  if (!wanted.shown.empty() &&
      std::ranges::find(results, wanted.shown, &report::result::checker) == results.end())
    throw std::runtime_error(fmt::format(
        "this program was built without {}: see checks/defects/README.md", wanted.shown));
  for (const report::result& result : results)
    if (result.checker == wanted.shown && result.finding)
      fmt::print("{}", report::counterexample(result, report::style{false}));
  return show(wanted.patch.stem().string(), header, results);
}

}  // namespace

}  // namespace stockcheck::checkers

int main(int argc, char** argv) {
  try {
    const auto wanted =
        stockcheck::checkers::parse(std::span{argv, static_cast<std::size_t>(argc)});
    return stockcheck::checkers::is_caught(wanted) ? 0 : 1;
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 2;
  }
}
