// SPDX-License-Identifier: GPL-2.0-only
#include "harness/objects/shipped_programs.hpp"

#include "harness/objects/scenario_builder.hpp"
#include "harness/scenario_headers.hpp"

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>

namespace stockcheck::harness {

namespace {

bool is_kernel(scenario_subject subject) {
  return subject == scenario_subject::explored_kernel ||
         subject == scenario_subject::threaded_kernel;
}

bool has_any(const scenario_header& header, const std::vector<std::string_view>& scenarios) {
  return std::ranges::any_of(header.programs, [&](const checks::program_entry& entry) {
    return std::ranges::find(scenarios, entry.info->name) != scenarios.end();
  });
}

/// The headers that the scenarios are in, as far as the subject can do them, and those that are
/// compiled with them: the same are always together, whichever are asked for.
std::vector<scenario_header> headers_of(const program_request& request) {
  std::vector<scenario_header> all;
  for (const scenario_header& header : scenario_headers())
    if (header.is_for_kernel || !is_kernel(request.subject)) all.push_back(header);
  std::vector<scenario_header> chosen;
  for (std::size_t first = 0; first < all.size(); first += usual_together) {
    const auto unit = std::span(all).subspan(first, std::min(usual_together, all.size() - first));
    if (std::ranges::any_of(unit, [&](const auto& h) { return has_any(h, request.scenarios); }))
      chosen.insert(chosen.end(), unit.begin(), unit.end());
  }
  return chosen;
}

}  // namespace

shipped_programs_of shipped_programs(const program_request& request) {
  if (request.subject == scenario_subject::explored_model) return {.on = explore_programs()};
  const std::vector<scenario_header> headers = headers_of(request);
  if (headers.empty()) return {};
  scenario_build_request build{.files = shipped_scenario_files(),
                               .subject = request.subject,
                               .processors = request.processors,
                               .together = usual_together,
                               .cache = request.cache,
                               .stop = request.stop};
  for (const scenario_header& header : headers) build.headers.emplace_back(header.name);
  if (request.progress)
    build.progress = [&](std::size_t done) { request.progress(done, headers.size()); };
  const built_scenarios built = build_scenarios(build);
  shipped_programs_of result{.notes = built.notes};
  for (const scenario_header& header : headers) {
    const std::string name(header.name);
    for (const checks::program_entry& entry : header.programs)
      result.on.replace(std::string(entry.info->name), {built.objects.at(name), name});
  }
  return result;
}

}  // namespace stockcheck::harness
