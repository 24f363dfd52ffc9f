// SPDX-License-Identifier: GPL-2.0-only
#include "harness/objects/shipped_programs.hpp"

#include "harness/objects/scenario_builder.hpp"
#include "harness/scenario_headers.hpp"

#include <algorithm>
#include <utility>

namespace stockcheck::harness {

namespace {

bool is_kernel(scenario_subject subject) {
  return subject == scenario_subject::explored_kernel ||
         subject == scenario_subject::threaded_kernel;
}

/// The headers that the scenarios are in, as far as the subject can do them.
std::vector<scenario_header> headers_of(const program_request& request) {
  std::vector<scenario_header> headers;
  for (const scenario_header& header : scenario_headers())
    if ((header.is_for_kernel || !is_kernel(request.subject)) &&
        std::ranges::any_of(header.programs, [&](const checks::program_entry& entry) {
          return std::ranges::find(request.scenarios, entry.info->name) != request.scenarios.end();
        }))
      headers.push_back(header);
  return headers;
}

}  // namespace

shipped_programs_of shipped_programs(const program_request& request) {
  if (request.subject == scenario_subject::explored_model) return {.on = explore_programs()};
  const std::vector<scenario_header> headers = headers_of(request);
  if (headers.empty()) return {};
  // Each is an object of its own, whichever others are chosen with it.
  scenario_build_request build{.files = shipped_scenario_files(),
                               .subject = request.subject,
                               .processors = request.processors,
                               .together = 1,
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
