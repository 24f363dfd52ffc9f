// SPDX-License-Identifier: GPL-2.0-only
#include "harness/explore/explore_finding.hpp"

#include "harness/explore/explore_trace.hpp"
#include "harness/short_function.hpp"
#include "report/finding_of.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <vector>

namespace stockcheck::harness {

namespace {

using explore::event_id;
using explore::finding_kind;
using explore::operation;

std::string place_of(const explore::site& at) {
  if (at.line == 0) return "";
  return fmt::format(" ({}:{})", std::filesystem::path(at.file).filename().string(), at.line);
}

std::string_view noun_of(const explore::event& e) {
  switch (e.op) {
    case operation::lock: return "lock";
    case operation::try_lock: return "trylock";
    case operation::unlock: return "unlock";
    case operation::load: return "read";
    case operation::store: return "write";
    case operation::allocate: return "allocation";
    case operation::release: return "free";
    default: return e.writes() ? "update" : "failed update";
  }
}

/// "write of root.stock by task 1 (page_counter_stock.hpp:44)".
std::string mention(const explore::counterexample& shown, event_id id) {
  const explore::event& e = (*shown.graph)[id];
  const std::string object = explore::is_access(e.op) ? name_of_location(shown, e.location)
                                                      : block_text(shown, block_of(e));
  return fmt::format("{} of {} by task {}{}", noun_of(e), object, id.thread,
                     place_of(shown.recording.site_of(id)));
}

bool is_shown(const explore::counterexample& shown, event_id id) {
  return !id.is_none() && !id.is_initial() && id.thread < shown.graph->nr_threads() &&
         id.index < shown.graph->size(id.thread);
}

/// The member that an event accesses, whichever object it is of, and whichever element of it: "max"
/// or "nr_pages". Empty if the memory has no name.
std::string member_of(const explore::counterexample& shown, const explore::event& e) {
  if (!explore::is_access(e.op)) return "";
  const explore::name_range* const named = shown.recording.name_of(e.location);
  if (named == nullptr) return "";
  const std::string_view name = named->name;
  return std::string(name.substr(0, name.find('[')));
}

/// Sorted: which one comes first is chance.
std::vector<std::string> function_list(const explore::engine_finding& found,
                                       const explore::counterexample& shown) {
  std::vector<std::string> functions;
  for (const event_id id : found.events)
    if (is_shown(shown, id))
      functions.push_back(short_function(shown.recording.site_of(id).function));
  std::ranges::sort(functions);
  return functions;
}

/// "data race: max" or "use after free: page_counter_cancel: usage". Which functions race on a
/// member does not matter: accesses move into helpers.
std::string signature_of(const explore::engine_finding& found,
                         const explore::counterexample& shown) {
  std::string text(name_of(found.kind));
  const std::string functions = functions_of(found, shown);
  if (functions.empty()) return fmt::format("{}: {}", text, report::without_numbers(found.what));
  const std::string member = member_of(shown, (*shown.graph)[found.events.front()]);
  if (found.kind != finding_kind::data_race || member.empty())
    text += fmt::format(": {}", functions);
  return member.empty() ? text : fmt::format("{}: {}", text, member);
}

std::string words_of(const explore::engine_finding& found, const explore::counterexample& shown) {
  std::string words = fmt::format("{}: {}", name_of(found.kind), found.what);
  std::string_view separator = found.kind == finding_kind::crash ? ": after " : ": ";
  for (const event_id id : found.events) {
    if (!is_shown(shown, id)) continue;
    words += fmt::format("{}{}", separator, mention(shown, id));
    separator = ", ";
  }
  return words;
}

/// Where it was noticed; the engine notices some things before the access is run again.
explore::site place_of(const explore::engine_finding& found, const explore::counterexample& shown) {
  if (found.at.line != 0) return found.at;
  explore::site at;
  for (const event_id id : found.events)
    if (is_shown(shown, id)) at = shown.recording.site_of(id);
  return at;
}

}  // namespace

std::string functions_of(const explore::engine_finding& found,
                         const explore::counterexample& shown) {
  return fmt::format("{}", fmt::join(function_list(found, shown), ", "));
}

oracle oracle_of(finding_kind kind) {
  switch (kind) {
    case finding_kind::deadlock:
    case finding_kind::no_progress: return oracle::progress;
    case finding_kind::assertion:
    case finding_kind::exception: return oracle::scenario;
    default: return oracle::memory;
  }
}

report::finding finding_of(const explore::engine_finding& found,
                           const explore::counterexample& shown) {
  return {.kind = oracle_of(found.kind),
          .what = words_of(found, shown),
          .at = line_of(place_of(found, shown)),
          .functions = function_list(found, shown),
          .steps = steps_of(shown),
          .signature = signature_of(found, shown)};
}

report::finding finding_of(const explore_report& report) {
  const explore::counterexample& shown = report.exploration.counterexample.value();
  if (!report.failed) return finding_of(report.exploration.finding.value(), shown);
  report::finding finding = *report.failed;
  finding.steps = steps_of(shown);
  return finding;
}

std::string nondeterminism_of(const explore_report& report) {
  const explore::engine_finding& found = report.exploration.finding.value();
  std::string text = fmt::format("not deterministic: {}", found.what);
  if (!found.events.empty())
    text += fmt::format(", at step {} of task {}", found.events.front().index + 1,
                        found.events.front().thread);
  return text + place_of(found.at);
}

}  // namespace stockcheck::harness
