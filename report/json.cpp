// SPDX-License-Identifier: GPL-2.0-only
#include "report/json.hpp"

#include "report/exit_code.hpp"
#include "report/series.hpp"
#include "report/verification.hpp"
#include "text/foreign_text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <ostream>
#include <stdexcept>

// The conversions that nlohmann::json finds by argument-dependent lookup; the enumerations go by
// their names.
namespace stockcheck {

static void to_json(nlohmann::json& json, oracle kind) { json = name_of(kind); }
static void from_json(const nlohmann::json& json, oracle& kind) {
  const auto& name = json.get_ref<const std::string&>();
  const auto* const found = std::ranges::find(oracle_names, name);
  if (found == oracle_names.end()) throw std::runtime_error("no oracle is named " + name);
  kind = static_cast<oracle>(found - oracle_names.begin());
}

static void to_json(nlohmann::json& json, verdict v) { json = name_of(v); }
static void from_json(const nlohmann::json& json, verdict& v) {
  const auto& name = json.get_ref<const std::string&>();
  const auto* const found = std::ranges::find(verdict_names, name);
  if (found == verdict_names.end()) throw std::runtime_error("no verdict is named " + name);
  v = static_cast<verdict>(found - verdict_names.begin());
}

static void to_json(nlohmann::json& json, reach r) { json = name_of(r); }
static void from_json(const nlohmann::json& json, reach& r) {
  const auto& name = json.get_ref<const std::string&>();
  const auto* const found = std::ranges::find(reach_names, name);
  if (found == reach_names.end()) throw std::runtime_error("no search ends " + name);
  r = static_cast<reach>(found - reach_names.begin());
}

namespace report {

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(number, name, value)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(source_line, file, line, function)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(step, task, what, stale, at)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(finding, kind, what, numbers, at, functions, steps, signature)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(metric, name, value, unit)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(known_reference, id, reason, declared)

static void to_json(nlohmann::json& json, const outcome& o) {
  json = {{"state", o.state}, {"count", o.count}};
  if (o.known > 0) json["known"] = o.known;
  if (o.known_of_code > 0) json["known_of_code"] = o.known_of_code;
}
static void from_json(const nlohmann::json& json, outcome& o) {
  json.at("state").get_to(o.state);
  json.at("count").get_to(o.count);
  o.known = json.value("known", std::uint64_t{0});
  o.known_of_code = json.value("known_of_code", std::uint64_t{0});
}

static void to_json(nlohmann::json& json, const race& r) {
  json = {{"finding", r.finding}};
  if (r.known) json["known"] = *r.known;
}
static void from_json(const nlohmann::json& json, race& r) {
  json.at("finding").get_to(r.finding);
  if (json.contains("known")) r.known = json.at("known").get<known_reference>();
}

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(known_finding, finding, known)

static void to_json(nlohmann::json& json, const result& r) {
  json = {{"scenario", r.scenario}, {"checker", r.checker},     {"tasks", r.tasks},
          {"verdict", r.verdict},   {"guarantee", r.guarantee}, {"executions", r.executions},
          {"seconds", r.seconds},   {"seed", r.seed},           {"outcomes", r.outcomes},
          {"metrics", r.metrics},   {"replay", r.replay},       {"proof", r.proof},
          {"model", r.model},       {"complete", r.complete},   {"blocked", r.blocked},
          {"reach", r.reach},       {"events", r.events}};
  if (r.finding) json["finding"] = *r.finding;
  if (r.known) json["known"] = *r.known;
  if (!r.subject.empty()) json["subject"] = r.subject;
  if (r.passed_over) json["passed_over"] = *r.passed_over;
  if (!r.known_findings.empty()) {
    json["known_findings"] = r.known_findings;
    json["known_executions"] = r.known_executions;
  }
  if (!r.races.empty()) json["races"] = r.races;
  if (!r.functions.empty()) json["functions"] = r.functions;
  if (!r.missing.empty()) json["missing"] = r.missing;
  if (!r.lines.empty()) json["lines"] = r.lines;
}
static void from_json(const nlohmann::json& json, result& r) {
  json.at("scenario").get_to(r.scenario);
  json.at("checker").get_to(r.checker);
  json.at("tasks").get_to(r.tasks);
  json.at("verdict").get_to(r.verdict);
  json.at("guarantee").get_to(r.guarantee);
  json.at("reach").get_to(r.reach);
  json.at("executions").get_to(r.executions);
  json.at("events").get_to(r.events);
  json.at("seconds").get_to(r.seconds);
  json.at("seed").get_to(r.seed);
  json.at("outcomes").get_to(r.outcomes);
  json.at("metrics").get_to(r.metrics);
  json.at("replay").get_to(r.replay);
  json.at("proof").get_to(r.proof);
  json.at("model").get_to(r.model);
  json.at("complete").get_to(r.complete);
  json.at("blocked").get_to(r.blocked);
  if (json.contains("finding")) r.finding = json.at("finding").get<finding>();
  if (json.contains("known")) r.known = json.at("known").get<known_reference>();
  if (json.contains("subject")) json.at("subject").get_to(r.subject);
  if (json.contains("passed_over")) r.passed_over = json.at("passed_over").get<finding>();
  if (json.contains("known_findings")) {
    json.at("known_findings").get_to(r.known_findings);
    json.at("known_executions").get_to(r.known_executions);
  }
  if (json.contains("races")) json.at("races").get_to(r.races);
  if (json.contains("functions")) json.at("functions").get_to(r.functions);
  if (json.contains("missing")) json.at("missing").get_to(r.missing);
  if (json.contains("lines")) json.at("lines").get_to(r.lines);
}

/// Far more than any text in a record has; a record comes from a process that ran foreign code.
static constexpr std::size_t longest_text = std::size_t{64} << 10U;

/// All texts of a document have passed the gate: whatever fields there are, now and later.
static nlohmann::json gated(nlohmann::json json, unsigned depth = 0) {
  constexpr unsigned deepest = 20;  // no document of ours has half of it
  if (depth > deepest) throw std::runtime_error("a JSON document is nested too deep");
  if (json.is_string()) return text::in_one_line(json.get_ref<const std::string&>(), longest_text);
  if (json.is_array())
    for (auto& element : json) element = gated(std::move(element), depth + 1);
  if (!json.is_object()) return json;
  nlohmann::json whole = nlohmann::json::object();
  for (auto& [name, element] : json.items())
    whole[text::in_one_line(name, longest_text)] = gated(std::move(element), depth + 1);
  return whole;
}

result gated(const result& record) { return gated(nlohmann::json(record)).get<result>(); }

std::string to_json_text(const result& record) { return gated(nlohmann::json(record)).dump(); }

result result_from_json_text(std::string_view text) {
  try {
    return gated(nlohmann::json::parse(text)).get<result>();
  } catch (const nlohmann::json::exception& error) {
    throw std::runtime_error(std::string("not a result record: ") + error.what());
  }
}

void write_json(std::ostream& to, std::span<const result> results) {
  nlohmann::json records = nlohmann::json::array();
  for (const result& r : results) records.push_back(r);
  const nlohmann::json run = {{"stockcheck", STOCKCHECK_VERSION},
                              {"schema", 1},
                              {"exit_code", static_cast<int>(exit_code_of(results))},
                              {"results", std::move(records)}};
  to << gated(run).dump(2) << '\n' << std::flush;
  if (!to) throw std::runtime_error("writing the JSON failed");
}

/// Lists the interleaving of each final state that was found again.
static nlohmann::json witnesses_of(const verification& of) {
  nlohmann::json list = nlohmann::json::array();
  for (const witness& w : of.witnesses)
    if (w.execution.finding)
      list.push_back({{"scenario", w.execution.scenario},
                      {"side", w.is_new ? "after" : "before"},
                      {"state", w.state},
                      {"steps", w.execution.finding->steps}});
  return list;
}

static nlohmann::json json_of(const verification& of) {
  const auto records = [](const std::vector<result>& results) {
    nlohmann::json list = nlohmann::json::array();
    for (const result& r : results) list.push_back(r);
    return list;
  };
  nlohmann::json lines = nlohmann::json::array();
  for (const touched_line& line : of.lines)
    lines.push_back({{"file", line.file},
                     {"line", line.line},
                     {"removed", line.is_removed},
                     {"state", name_of(line.state)}});
  nlohmann::json changes = nlohmann::json::array();
  for (const compared& c : compare(of.before, of.after))
    changes.push_back({{"scenario", c.after->scenario},
                       {"compared_with", c.before->scenario},
                       {"change", name_of(c.change)},
                       {"why", c.why},
                       {"news", c.news},
                       {"gone", c.gone},
                       {"states", {{"new", c.states.added}, {"gone", c.states.gone}}}});
  return {{"stockcheck", STOCKCHECK_VERSION},
          {"schema", 1},
          {"exit_code", static_cast<int>(exit_code_of(of))},
          {"tree", of.tree},
          {"patches", of.patches},
          {"notes", of.notes},
          {"changed", of.is_changed},
          {"fuzzy", of.has_fuzz},
          {"not_checked", of.not_checked},
          {"nothing_to_check", of.nothing_to_check},
          {"no_code", of.no_code},
          {"lines", std::move(lines)},
          {"not_compiled", of.not_compiled},
          {"not_included", of.not_included},
          {"not_exercised", of.unexercised},
          {"command", of.command},
          {"changes", std::move(changes)},
          {"witnesses", witnesses_of(of)},
          {"before", records(of.before)},
          {"after", records(of.after)}};
}

static void put(std::ostream& to, nlohmann::json run) {
  to << gated(std::move(run)).dump(2) << '\n' << std::flush;
  if (!to) throw std::runtime_error("writing the JSON failed");
}

void write_json(std::ostream& to, const verification& of) { put(to, json_of(of)); }

void write_json(std::ostream& to, std::span<const verification> series) {
  nlohmann::json each = nlohmann::json::array();
  for (const verification& of : series) each.push_back(json_of(of));
  put(to, {{"stockcheck", STOCKCHECK_VERSION},
           {"schema", 1},
           {"exit_code", static_cast<int>(exit_code_of(series))},
           {"each", std::move(each)}});
}

}  // namespace report
}  // namespace stockcheck
