// SPDX-License-Identifier: GPL-2.0-only
#include "cli/scenario_files.hpp"

#include "cli/interrupt.hpp"
#include "cli/progress_line.hpp"
#include "cli/usage_error.hpp"
#include "harness/objects/scenario_builder.hpp"
#include "harness/objects/scenario_object.hpp"
#include "harness/objects/shipped_programs.hpp"
#include "kernel_source/machine_error.hpp"
#include "kernel_source/source_error.hpp"
#include "kernel_source/system/file_text.hpp"
#include "known/known_catalogue.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <stdexcept>
#include <utility>

namespace stockcheck::cli {

namespace {

namespace fs = std::filesystem;

/// Throws source_error if there is no such file, and usage_error if it cannot be one of scenarios.
std::string as_header(const std::string& file) {
  const std::string text = kernel_source::read_file(file, &interrupted());
  const std::string header = fs::absolute(file).lexically_normal().string();
  constexpr std::string_view plain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+.";
  if (fs::path(header).filename().string().find_first_not_of(plain) != std::string::npos)
    throw usage_error(fmt::format(
        "{}: give the file a name that C++ can include, of letters, digits, _ - + and .", file));
  if (text.find("scenarios") == std::string::npos)
    throw usage_error(
        fmt::format("{} has no list of its scenarios; write at its end:\n"
                    "using scenarios = stockcheck::checks::scenario_list<NAME, ...>;",
                    file));
  return header;
}

using name_set = std::set<std::string_view>;

name_set built_in_names() {
  name_set names;
  for (const checks::program_entry& entry : harness::explore_programs())
    names.insert(entry.info->name);
  return names;
}

/// Everything else goes by the names of scenarios. `origin` is what a scenario came with.
void require_sound(const checks::scenario_info& scenario, const std::string& origin,
                   name_set& taken) {
  const auto slash = scenario.name.find('/');
  if (slash == std::string_view::npos || slash == 0 || slash + 1 == scenario.name.size() ||
      scenario.name.find_first_of("*?,' \t\n") != std::string_view::npos)
    throw usage_error(
        fmt::format("{}: '{}' is no name of a scenario; one is \"what_it_is_about/what_happens\"",
                    origin, scenario.name));
  if (!taken.insert(scenario.name).second)
    throw usage_error(fmt::format("{}: there is a scenario {} already: give yours another name",
                                  origin, scenario.name));
  if (scenario.nr_tasks() == 0)
    throw usage_error(
        fmt::format("{}: {} has no tasks: its info wants a task_list", origin, scenario.name));
  if (scenario.known && known::shipped_catalogue().find(scenario.known->id) == nullptr)
    throw usage_error(fmt::format("{}: {} declares a known property '{}', which is none", origin,
                                  scenario.name, scenario.known->id));
}

/// What compiling throws, as the command does.
template <class Compile>
auto unless_interrupted(const Compile& compile) {
  try {
    return compile();
  } catch (const kernel_source::source_error& error) {
    if (interrupted()) throw std::runtime_error("interrupted before anything was checked");
    throw usage_error(error.what());
  } catch (const kernel_source::machine_error&) {
    if (interrupted()) throw std::runtime_error("interrupted before anything was checked");
    throw;
  }
}

}  // namespace

scenario_files::scenario_files(const std::vector<std::string>& files,
                               std::span<const harness::scenario_subject> subjects,
                               unsigned processors) {
  if (files.empty()) return;
  progress_line progress;
  unless_interrupted([&] {
    for (const std::string& file : files) files_.push_back({file, as_header(file)});
    for (const harness::scenario_subject subject : subjects) {
      progress.announce(fmt::format("compiling {}", fmt::join(files, ", ")));
      harness::built_scenarios built =
          harness::build_scenarios({.files = harness::shipped_scenario_files(),
                                    .headers = headers(),
                                    .subject = subject,
                                    .processors = processors,
                                    .stop = &interrupted()});
      for (const std::string& note : built.notes) fmt::print(stderr, "note: {}\n", note);
      objects_[subject] = std::move(built.objects);
    }
    read_ = harness::read_objects(objects_.at(subjects.front()), processors, interrupted());
    if (interrupted()) throw kernel_source::source_error("");
    name_set taken = built_in_names();
    for (const auto& [name, header] : files_) {
      const auto found = read_.all().find(header);
      if (found == read_.all().end())
        throw usage_error(fmt::format("{}: its list of scenarios is empty", name));
      for (const checks::scenario_info& scenario : found->second)
        require_sound(scenario, name, taken);
    }
  });
}

std::vector<const checks::scenario_info*> scenario_files::scenarios() const {
  std::vector<const checks::scenario_info*> all;
  for (const users_file& file : files_)
    for (const checks::scenario_info& scenario : read_.all().at(file.header))
      all.push_back(&scenario);
  all.insert(all.end(), adopted_.begin(), adopted_.end());
  return all;
}

std::string scenario_files::file_of(const checks::scenario_info& scenario) const {
  for (const users_file& file : files_)
    for (const checks::scenario_info& one : read_.all().at(file.header))
      if (one.name == scenario.name) return file.name;
  return "";
}

std::vector<std::string> scenario_files::headers() const {
  std::vector<std::string> headers;
  for (const users_file& file : files_) headers.push_back(file.header);
  return headers;
}

harness::programs scenario_files::programs_on(harness::scenario_subject subject,
                                              std::span<const checks::scenario_info* const> chosen,
                                              unsigned processors) const {
  progress_line progress;
  harness::program_request request{
      .subject = subject,
      .processors = processors,
      .stop = &interrupted(),
      .progress = [&](std::size_t done, std::size_t of) {
        progress.show(fmt::format("compiling the scenarios: {} of {} files", done, of));
      }};
  for (const checks::scenario_info* scenario : chosen) request.scenarios.push_back(scenario->name);
  return unless_interrupted([&] {
    harness::shipped_programs_of shipped = harness::shipped_programs(request);
    for (const std::string& note : shipped.notes) fmt::print(stderr, "note: {}\n", note);
    for (const users_file& file : files_)
      for (const checks::scenario_info& scenario : read_.all().at(file.header))
        shipped.on.replace(std::string(scenario.name),
                           {objects_.at(subject).at(file.header), file.header});
    return std::move(shipped.on);
  });
}

void scenario_files::adopt(harness::read_scenarios of_patched, const std::string& patches) {
  of_patched_ = std::move(of_patched);
  name_set taken;
  for (const checks::scenario_info* scenario : scenarios()) taken.insert(scenario->name);
  const name_set built_in = built_in_names();
  for (const auto& [header, scenarios] : of_patched_.all()) {
    if (harness::is_users_file(header)) continue;
    for (const checks::scenario_info& scenario : scenarios)
      if (!built_in.contains(scenario.name)) {
        require_sound(scenario, patches, taken);
        adopted_.push_back(&scenario);
      }
  }
}

}  // namespace stockcheck::cli
