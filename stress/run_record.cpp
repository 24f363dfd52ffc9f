// SPDX-License-Identifier: GPL-2.0-only
#include "stress/run_record.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace stockcheck::stress {

namespace {

std::string in_words(unsigned count, const char* what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

/// Says how large a run was: "4 threads, 1.2 s of 5.0 s, stopped early, 12 quiescent points".
std::string extent(const run_options& how, const run_numbers& numbers) {
  std::string text = in_words(how.threads, "thread") + ", ";
  text += numbers.stopped_early ? fmt::format("{:.1f} s of {:.1f} s, stopped early",
                                              numbers.seconds, how.time.count())
                                : fmt::format("{:.1f} s", numbers.seconds);
  text += fmt::format(", {} quiescent point{}", numbers.quiescent_points,
                      numbers.quiescent_points == 1 ? "" : "s");
  if (numbers.pinned < how.all_threads())
    text += fmt::format(", {} of {} not pinned", how.all_threads() - numbers.pinned,
                        in_words(how.all_threads(), "thread"));
  return text;
}

std::string missing(const run_options& how, const run_numbers& numbers) {
  if (numbers.quiescent_points == 0) return "the books were never compared";
  if (how.drainers > 0 && numbers.drains == 0) return "nothing was drained";
  if (how.limit_changers > 0 && numbers.limit_changes == 0) return "no limit was changed";
  return "";
}

double ratio(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
}

std::vector<report::metric> metrics_of(const run_options& how, const run_numbers& numbers) {
  const auto count = [](std::uint64_t n) { return static_cast<double>(n); };
  const double rate = numbers.seconds > 0 ? count(numbers.operations) / numbers.seconds : 0.0;
  return {
      {"operations", rate, "1/s"},
      {"charges", count(numbers.charges), ""},
      {"refused charges", count(numbers.refused_charges), ""},
      {"stock hit rate", 100 * ratio(numbers.hits, numbers.charges), "%"},
      {"drains", count(numbers.drains), ""},
      {"limit changes", count(numbers.limit_changes), ""},
      {"refused limit changes", count(numbers.refused_limit_changes), ""},
      {"quiescent points", count(numbers.quiescent_points), ""},
      {"threads", count(how.all_threads()), ""},
      {"pinned", count(numbers.pinned), "threads"},
  };
}

std::vector<std::string> tasks_of(const run_options& how) {
  std::vector<std::string> tasks{fmt::format("{}: charge 1..{} pages through the stock, uncharge",
                                             in_words(how.threads, "thread"), how.max_charge)};
  if (how.drainers > 0) tasks.push_back(in_words(how.drainers, "thread") + ": drain all CPUs");
  if (how.limit_changers > 0)
    tasks.push_back(in_words(how.limit_changers, "thread") + ": lower and raise limits");
  return tasks;
}

}  // namespace

report::result make_record(const run_options& how, const run_numbers& numbers,
                           std::optional<report::finding> finding) {
  report::result record;
  record.scenario = "page_counter_stock/stress";
  record.checker = "stress";
  record.tasks = tasks_of(how);
  record.reach = numbers.stopped_early ? reach::cut : reach::sampled;
  record.missing = missing(how, numbers);
  record.guarantee = fmt::format("{} ({})", finding ? "stopped by a finding" : "nothing found",
                                 extent(how, numbers));
  record.finding = std::move(finding);
  record.executions = numbers.operations;
  record.seconds = numbers.seconds;
  record.seed = how.seed;
  record.metrics = metrics_of(how, numbers);
  return record;
}

}  // namespace stockcheck::stress
