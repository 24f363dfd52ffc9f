// SPDX-License-Identifier: GPL-2.0-only
#include "report/counterexample.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <vector>

namespace stockcheck::report {

namespace {

constexpr std::string_view stale_mark = "  STALE";

std::string place_of(const source_line& at) {
  if (at.line == 0) return "";
  return fmt::format("{}:{}", std::filesystem::path(at.file).filename().string(), at.line);
}

/// Width of each task's column: its widest entry, and a gap.
std::vector<std::size_t> column_widths(const result& of, const finding& found) {
  std::vector<std::size_t> widths;
  widths.reserve(of.tasks.size());
  for (const std::string& task : of.tasks) widths.push_back(task.size());
  for (const step& s : found.steps) {
    if (s.task >= widths.size()) widths.resize(s.task + 1);
    const std::size_t needed = s.what.size() + (s.stale ? stale_mark.size() : 0);
    widths[s.task] = std::max(widths[s.task], needed);
  }
  for (std::size_t& width : widths) width += 2;
  return widths;
}

std::string without_trailing_spaces(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

}  // namespace

std::string interleaving(const result& of, const style& with) {
  const finding& found = *of.finding;
  const std::vector<std::size_t> widths = column_widths(of, found);
  std::size_t place_width = 0;
  for (const step& s : found.steps) place_width = std::max(place_width, place_of(s.at).size());

  std::string header = fmt::format("  {:>4}  {:<{}}", "step", "", place_width);
  std::string doing = fmt::format("  {:>4}  {:<{}}", "", "", place_width);
  for (std::size_t t = 0; t < widths.size(); ++t) {
    header += fmt::format("  {:<{}}", fmt::format("task {}", t), widths[t]);
    doing += fmt::format("  {:<{}}", t < of.tasks.size() ? of.tasks[t] : "", widths[t]);
  }
  std::string text = with.bold(without_trailing_spaces(header)) + '\n' +
                     with.dim(without_trailing_spaces(doing)) + '\n';

  for (std::size_t number = 1; const step& s : found.steps) {
    std::size_t indent = 2;
    for (std::size_t t = 0; t < s.task; ++t) indent += widths[t] + 2;
    text += fmt::format("  {:>4}  {}{:{}}{}{}\n", number++,
                        with.dim(fmt::format("{:<{}}", place_of(s.at), place_width)), "", indent,
                        s.what, s.stale ? with.warning(stale_mark) : "");
  }
  return text;
}

std::string summary_of(const finding& found) {
  std::string numbers;
  for (const number& n : found.numbers)
    numbers += fmt::format("{}{}={}", numbers.empty() ? "" : ", ", n.name, n.value);
  return fmt::format("{}: {}{}", name_of(found.kind), found.what,
                     numbers.empty() ? "" : " (" + numbers + ")");
}

std::string counterexample(const result& of, const style& with) {
  const finding& found = *of.finding;
  std::string text = fmt::format("{}  {}  {}\n", with.of(of.verdict, name_of(of.verdict)),
                                 with.bold(of.scenario), with.dim(of.guarantee));
  text += fmt::format("  {}\n", summary_of(found));
  if (found.at.line != 0) text += fmt::format("  at {}:{}\n", found.at.file, found.at.line);
  if (!found.steps.empty()) text += '\n' + interleaving(of, with);
  const bool stale_read = std::ranges::any_of(found.steps, &step::stale);
  if (stale_read)
    text +=
        "\n  STALE: the task read a value that had been replaced; nothing ordered its read after "
        "the store.\n";
  if (!of.replay.empty()) text += fmt::format("\n  again: {}\n", of.replay);
  return text;
}

}  // namespace stockcheck::report
