// SPDX-License-Identifier: GPL-2.0-only
#include "report/table.hpp"

#include "report/counterexample.hpp"
#include "report/exit_code.hpp"
#include "report/quantity.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <set>
#include <vector>

namespace stockcheck::report {

namespace {

/// What the row says beside the verdict: what was found, or what the verdict is worth.
std::string remark(const result& r) {
  if (r.verdict == verdict::known && r.finding && r.known)
    return fmt::format("{} ({})", r.finding->what, text_of(*r.known));
  if (r.verdict == verdict::fail && r.finding) return summary_of(*r.finding);
  return r.guarantee;
}

/// The verdict in words: a pass is either a proof or a bounded one.
std::string verdict_text(const result& r) {
  if (r.verdict != verdict::pass) return std::string(name_of(r.verdict));
  return r.proof.empty() ? "PASS (bounded)" : fmt::format("PASS (exhaustive, {})", r.proof);
}

std::string metrics_line(const result& r) {
  std::string line;
  for (const metric& m : r.metrics)
    line += fmt::format("{}{}: {}{}", line.empty() ? "" : ", ", m.name, quantity_text(m.value),
                        m.unit.empty() ? "" : " " + m.unit);
  return line;
}

std::string summary_line(std::span<const result> results, double seconds) {
  std::array<std::size_t, verdict_names.size()> counts{};
  for (const result& r : results) ++counts.at(static_cast<std::size_t>(r.verdict));
  const std::string skipped = counts[4] == 0 ? "" : fmt::format(", {} skipped", counts[4]);
  const std::string unchecked = counts[5] == 0 ? "" : fmt::format(", {} unchecked", counts[5]);
  return fmt::format("{} {}: {} passed, {} known, {} failed, {} unknown{}{}; {:.1f} s",
                     results.size(), results.size() == 1 ? "run" : "runs", counts[0], counts[1],
                     counts[2], counts[3], skipped, unchecked, seconds);
}

/// The kernels that were checked, if any.
std::string subject_lines(std::span<const result> results, const style& with) {
  std::set<std::string> subjects;
  for (const result& r : results)
    if (!r.subject.empty()) subjects.insert(r.subject);
  std::string text;
  for (const std::string& subject : subjects)
    text += fmt::format("{}  {}\n", with.bold("tree"), subject);
  return text.empty() ? text : text + '\n';
}

/// A line for each reason why something was not run: some kernels lack half of what there is.
std::string reason_lines(std::span<const result> results, verdict kind, std::size_t verdict_width,
                         const style& with) {
  constexpr std::size_t few = 3;
  std::vector<std::string> reasons;
  for (const result& r : results)
    if (r.verdict == kind && std::ranges::find(reasons, r.guarantee) == reasons.end())
      reasons.push_back(r.guarantee);
  std::string text;
  for (const std::string& reason : reasons) {
    std::vector<std::string> names;
    for (const result& r : results)
      if (r.verdict == kind && r.guarantee == reason) names.push_back(r.scenario);
    text += fmt::format("{}  {}: {}\n",
                        with.of(kind, fmt::format("{:<{}}", name_of(kind), verdict_width)),
                        names.size() > few ? fmt::format("{} scenarios", names.size())
                                           : fmt::format("{}", fmt::join(names, ", ")),
                        reason);
  }
  return text;
}

}  // namespace

std::string table(std::span<const result> results, const table_options& how, const style& with) {
  std::size_t verdict_width = std::string_view("PASS (bounded)").size();
  std::size_t name_width = std::string_view("scenario").size();
  std::size_t checker_width = std::string_view("checker").size();
  for (const result& r : results) {
    if (!was_run(r.verdict)) continue;
    verdict_width = std::max(verdict_width, verdict_text(r).size());
    name_width = std::max(name_width, r.scenario.size());
    checker_width = std::max(checker_width, r.checker.size());
  }

  // What was not checked comes first: nobody is to miss it.
  std::string text = reason_lines(results, verdict::unchecked, verdict_width, with);
  text += subject_lines(results, with);
  text += with.bold(fmt::format("{:<{}}  {:<{}}  {:<{}}  {:>10}  {:>6}  {}", "verdict",
                                verdict_width, "scenario", name_width, "checker", checker_width,
                                "executions", "time", "remark")) +
          '\n';
  for (const result& r : results) {
    if (!was_run(r.verdict)) continue;
    const std::string verdict_cell = fmt::format("{:<{}}", verdict_text(r), verdict_width);
    text += fmt::format("{}  {:<{}}  {:<{}}  {:>10}  {:>5.1f}s  {}\n",
                        with.of(r.verdict, verdict_cell), r.scenario, name_width, r.checker,
                        checker_width, r.executions, r.seconds, remark(r));
    if (!r.metrics.empty())
      text += fmt::format("{:{}}{}\n", "", verdict_width + 2, with.dim(metrics_line(r)));
    if (!how.outcomes) continue;
    for (const outcome& o : r.outcomes)
      text += fmt::format("{:{}}{:>10} x  {}\n", "", verdict_width + 2, o.count, o.state);
  }
  text += reason_lines(results, verdict::skipped, verdict_width, with);
  if (nothing_ran(results)) text += '\n' + with.warning(nothing_ran_text) + '\n';
  for (const result& r : results) {
    const bool in_full =
        r.verdict == verdict::fail || (r.verdict == verdict::known && how.details_of_known);
    if (in_full && r.finding) text += '\n' + counterexample(r, with);
  }
  return text + '\n' + with.bold(summary_line(results, how.seconds)) + '\n';
}

}  // namespace stockcheck::report
