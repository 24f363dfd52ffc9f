// SPDX-License-Identifier: GPL-2.0-only
#include "verify/model/scenario_changes.hpp"

#include "harness/pool/process_pool.hpp"
#include "harness/scenario_headers.hpp"
#include "verify/model/patched_programs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <span>
#include <stdexcept>
#include <vector>

namespace stockcheck::verify {

namespace {

using programs = std::span<const checks::program_entry>;

/// The summary is for readers of the list alone.
std::string text_of(const checks::scenario_info& info) {
  std::string text = fmt::format("{}", info.nr_cpus);
  for (const checks::task_info& task : info.tasks())
    text += fmt::format("|{}|{}|{}", task.does, task.where.cpu, task.where.migrations);
  if (info.known) text += fmt::format("|known|{}|{}", name_of(info.known->kind), info.known->id);
  return text;
}

const checks::scenario_info* find(programs in, std::string_view name) {
  const auto found =
      std::ranges::find(in, name, [](const auto& entry) { return entry.info->name; });
  return found == in.end() ? nullptr : found->info;
}

std::string change_between(programs ours, programs theirs) {
  for (const checks::program_entry& entry : theirs)
    if (find(ours, entry.info->name) == nullptr)
      return fmt::format("the scenario {} is new", entry.info->name);
  for (const checks::program_entry& entry : ours) {
    const checks::scenario_info* const patched = find(theirs, entry.info->name);
    if (patched == nullptr) return fmt::format("the scenario {} is gone", entry.info->name);
    if (text_of(*patched) != text_of(*entry.info))
      return fmt::format("the scenario {} has other tasks, CPUs or known properties",
                         entry.info->name);
  }
  return "";
}

/// In the process of its own.
std::string change_in(const harness::scenario_header& header, const std::filesystem::path& object) {
  try {
    const std::string change = change_between(header.programs, load_programs(object, header.name));
    return change.empty() ? "" : change + ": apply the patch and build stockcheck";
  } catch (const std::runtime_error& error) {
    return error.what();
  }
}

harness::job job_for(const harness::scenario_header& header, const std::filesystem::path& object) {
  harness::job loading{.run = [&header, &object](const harness::progress_sink&) {
    return report::result{.verdict = verdict::pass, .guarantee = change_in(header, object)};
  }};
  harness::confine(loading, std::chrono::seconds(10));
  return loading;
}

}  // namespace

std::string scenario_change(const std::map<std::string, std::filesystem::path>& patched,
                            unsigned processors, const std::atomic<bool>& stop) {
  std::vector<harness::job> jobs;
  for (const harness::scenario_header& header : harness::scenario_headers())
    if (const auto object = patched.find(std::string(header.name)); object != patched.end())
      jobs.push_back(job_for(header, object->second));
  harness::pool_observer nobody;
  for (const report::result& loaded : harness::run_all(jobs, processors, nobody, stop)) {
    if (loaded.finding) return "the patched model cannot be loaded: " + loaded.finding->what;
    if (!loaded.guarantee.empty()) return loaded.guarantee;
  }
  return "";
}

}  // namespace stockcheck::verify
