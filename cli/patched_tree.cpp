// SPDX-License-Identifier: GPL-2.0-only
#include "cli/patched_tree.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace stockcheck::cli {

bool has_fuzz(const patched_tree& of) {
  return std::ranges::any_of(of.applied, &kernel_source::applied_patch::has_fuzz);
}

std::vector<std::string> patch_lines(const patched_tree& of) {
  std::vector<std::string> lines;
  lines.reserve(of.series.patches.size());
  for (const kernel_source::patch& patch : of.series.patches)
    lines.push_back(fmt::format("{} ({})", patch.subject, patch.origin));
  return lines;
}

std::vector<std::string> patch_notes(const patched_tree& of) {
  std::vector<std::string> notes = of.series.skipped;
  for (const kernel_source::applied_patch& patch : of.applied) {
    for (const kernel_source::inexact_hunk& hunk : patch.inexact)
      notes.push_back(
          fmt::format("{}: hunk {} of {} went to line {}, {} lines from where it says, "
                      "with fuzz {}",
                      patch.origin, hunk.number, hunk.file, hunk.line, hunk.offset, hunk.fuzz));
    if (!patch.ignored.empty())
      notes.push_back(
          fmt::format("{}: no check looks at {}", patch.origin, fmt::join(patch.ignored, ", ")));
  }
  if (!of.not_included.empty())
    notes.push_back(
        fmt::format("no chosen scenario includes {}", fmt::join(of.not_included, ", ")));
  if (!of.series.patches.empty() && !of.is_changed)
    notes.emplace_back("nothing that is checked differs: the verdict is about nothing");
  return notes;
}

}  // namespace stockcheck::cli
