// SPDX-License-Identifier: GPL-2.0-only
#include "harness/objects/scenario_reader.hpp"

#include "harness/objects/scenario_object.hpp"
#include "harness/pool/process_pool.hpp"
#include "kernel_source/source_error.hpp"

#include <nlohmann/json.hpp>

#include <chrono>
#include <stdexcept>

namespace stockcheck::harness {

namespace {

using nlohmann::json;

json description_of(const checks::scenario_info& info) {
  json described{{"name", info.name}, {"summary", info.summary}, {"cpus", info.nr_cpus}};
  for (const checks::task_info& task : info.tasks())
    described["tasks"].push_back(
        {{"does", task.does}, {"cpu", task.where.cpu}, {"migrations", task.where.migrations}});
  if (info.known)
    described["known"] = {{"kind", static_cast<unsigned>(info.known->kind)},
                          {"id", info.known->id}};
  return described;
}

/// In the process of its own.
std::string text_of(const std::string& header, const std::filesystem::path& object) {
  json all = json::array();
  for (const checks::program_entry& entry : load_programs(object, header))
    all.push_back(description_of(*entry.info));
  return all.dump(-1, ' ', false, json::error_handler_t::replace);
}

/// The guarantee of its record is the text, or why there is none.
report::result read(const std::string& header, const std::filesystem::path& object) {
  try {
    return {.verdict = verdict::pass, .guarantee = text_of(header, object)};
  } catch (const std::runtime_error& error) {
    return {.verdict = verdict::unknown, .guarantee = error.what()};
  }
}

job reading(const std::string& header, const std::filesystem::path& object) {
  job one{.run = [&header, &object](const progress_sink&) { return read(header, object); }};
  confine(one, std::chrono::seconds(10));
  return one;
}

}  // namespace

void read_scenarios::add(const std::string& header, const std::string& text) {
  for (const json& described : json::parse(text)) {
    checks::scenario_info& info = all_[header].emplace_back();
    info.name = keep(described.at("name"));
    info.summary = keep(described.at("summary"));
    info.nr_cpus = described.at("cpus");
    std::size_t n = 0;
    if (described.contains("tasks"))
      for (const json& task : described.at("tasks"))
        info.task_list.at(n++) = {keep(task.at("does")),
                                  {.cpu = task.at("cpu"), .migrations = task.at("migrations")}};
    if (described.contains("known"))
      info.known = checks::known_property{
          static_cast<oracle>(described.at("known").at("kind").get<unsigned>()),
          keep(described.at("known").at("id"))};
  }
}

read_scenarios read_objects(const std::map<std::string, std::filesystem::path>& objects,
                            unsigned processors, const std::atomic<bool>& stop) {
  std::vector<job> jobs;
  for (const auto& [header, object] : objects) jobs.push_back(reading(header, object));
  pool_observer nobody;
  const std::vector<report::result> results = run_all(jobs, processors, nobody, stop);
  read_scenarios scenarios;
  auto result = results.begin();
  for (const auto& [header, object] : objects) {
    const report::result& of = *result++;
    if (stop) continue;
    if (of.verdict != verdict::pass)
      throw kernel_source::source_error(
          of.finding ? "the scenarios cannot be loaded: " + of.finding->what : of.guarantee);
    scenarios.add(header, of.guarantee);
  }
  return scenarios;
}

}  // namespace stockcheck::harness
