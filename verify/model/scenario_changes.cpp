// SPDX-License-Identifier: GPL-2.0-only
#include "verify/model/scenario_changes.hpp"

#include "harness/scenario_headers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace stockcheck::verify {

namespace {

using checks::scenario_info;

/// The summary is for readers of the list alone.
std::string text_of(const scenario_info& info) {
  std::string text = fmt::format("{}", info.nr_cpus);
  for (const checks::task_info& task : info.tasks())
    text += fmt::format("|{}|{}|{}", task.does, task.where.cpu, task.where.migrations);
  if (info.known) text += fmt::format("|known|{}|{}", name_of(info.known->kind), info.known->id);
  return text;
}

std::string change_between(std::span<const checks::program_entry> ours,
                           const std::deque<scenario_info>& theirs) {
  for (const checks::program_entry& entry : ours) {
    const auto patched = std::ranges::find(theirs, entry.info->name, &scenario_info::name);
    if (patched != theirs.end() && text_of(*patched) != text_of(*entry.info))
      return fmt::format(
          "the scenario {} has other tasks, CPUs or known properties; give it another name, or "
          "apply "
          "the patch and build stockcheck",
          entry.info->name);
  }
  return "";
}

}  // namespace

std::string scenario_change(const harness::read_scenarios& patched) {
  for (const harness::scenario_header& header : harness::scenario_headers())
    if (const auto theirs = patched.all().find(std::string(header.name));
        theirs != patched.all().end())
      if (std::string change = change_between(header.programs, theirs->second); !change.empty())
        return change;
  return "";
}

}  // namespace stockcheck::verify
