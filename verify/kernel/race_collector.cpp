// SPDX-License-Identifier: GPL-2.0-only
#include "verify/kernel/race_collector.hpp"

#include "harness/explore/explore_finding.hpp"
#include "kernel_source/run/explored_memory.hpp"
#include "kernel_source/run/plain_accesses.hpp"
#include "known/known_catalogue.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace stockcheck::verify {

race_collector::race_collector() {
  kernel_source::pass_over_no_races();
  kernel_source::forget_memory_cuts();
}

bool race_collector::add(const harness::explore_report& report) {
  const explore::engine_finding& found = report.exploration.finding.value();
  if (found.kind == explore::finding_kind::mixed_widths) return kernel_source::cut_memory(found);
  bool is_news = false;
  const explore::counterexample& shown = report.exploration.counterexample.value();
  for (const explore::event_id id : found.events) {
    if ((*shown.graph)[id].effective_order() != explore::memory_order::plain) continue;
    const explore::site at = shown.recording.site_of(id);
    is_news = kernel_source::pass_over_races_of(at.file, at.line) || is_news;
  }
  if (is_news) keep(harness::finding_of(report), harness::functions_of(found, shown));
  return is_news;
}

/// One member may race in several lines and functions; all of them must be known.
void race_collector::keep(report::finding found, const std::string& functions) {
  const auto known = known::shipped_catalogue().race(found.signature, functions);
  const auto same = std::ranges::find_if(
      races_, [&](const auto& race) { return race.finding.signature == found.signature; });
  if (same != races_.end() && (known || !same->known)) return;
  report::race race{.finding = std::move(found), .known = known};
  if (same == races_.end())
    races_.push_back(std::move(race));
  else
    *same = std::move(race);
}

std::vector<report::race> race_collector::take() { return std::exchange(races_, {}); }

}  // namespace stockcheck::verify
