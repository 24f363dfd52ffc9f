// SPDX-License-Identifier: GPL-2.0-only
#include "explore/memory_errors.hpp"

#include <utility>

namespace stockcheck::explore {

namespace {

engine_finding error(finding_kind kind, const char* what, event_id a, event_id b) {
  return {.kind = kind, .what = what, .at = {}, .events = {a, b}};
}

/// Neither happens before the other.
bool are_unordered(const event& a, const event& b) {
  return !a.happens_before.contains(b.id) && !b.happens_before.contains(a.id);
}

/// C++20 [intro.races]: conflicting, not both atomic, and nothing orders them.
bool race(const event& e, const event& other) {
  if (e.id.thread == other.id.thread) return false;
  if (!e.writes() && !other.writes()) return false;
  if (e.order != memory_order::plain && other.order != memory_order::plain) return false;
  if (e.order == memory_order::racy || other.order == memory_order::racy) return false;
  return are_unordered(e, other);
}

/// The event that began or ended the life of a block; no_event if none did.
event_id find_lifetime(const execution_graph& graph, operation op, block_id block,
                       event_id except) {
  for (const event_id id : graph.order()) {
    const event& e = graph[id];
    if (e.op == op && e.operand == block && id != except) return id;
  }
  return no_event;
}

/// Returns what is wrong with an access, given the older ones and the life of its memory.
std::optional<engine_finding> access_error(const execution_graph& graph, const event& e) {
  const execution_graph::accesses& at = graph.at(e.location);
  if (e.reads() && e.reads_from.is_initial() && !at.begin.initialised)
    return error(finding_kind::uninitialised_read, "read before anything was written", e.id,
                 no_event);
  if (at.nr_plain > 0)
    for (const event_id id : at.all)
      if (graph[id].stamp < e.stamp && race(e, graph[id]))
        return error(finding_kind::data_race, "two accesses that nothing orders", id, e.id);

  if (at.begin.block == no_block) return std::nullopt;
  if (!graph.releases().empty()) {
    const event_id end = find_lifetime(graph, operation::release, at.begin.block, no_event);
    if (!end.is_none() && !graph[end].happens_before.contains(e.id))
      return error(finding_kind::use_after_free,
                   e.happens_before.contains(end) ? "access to freed memory"
                                                  : "access that nothing orders before the free",
                   end, e.id);
  }
  const event_id begin = find_lifetime(graph, operation::allocate, at.begin.block, no_event);
  if (!begin.is_none() && !e.happens_before.contains(begin))
    return error(finding_kind::unpublished,
                 "access to memory whose allocation is not ordered before it", begin, e.id);
  return std::nullopt;
}

std::optional<engine_finding> double_free(const execution_graph& graph, const event& e) {
  const event_id other =
      find_lifetime(graph, operation::release, static_cast<block_id>(e.operand), e.id);
  if (other.is_none() || graph[other].stamp > e.stamp) return std::nullopt;
  return error(finding_kind::double_free, "freed twice", other, e.id);
}

std::optional<engine_finding> release_error(const execution_graph& graph, const event& e) {
  const auto block = static_cast<block_id>(e.operand);
  if (std::optional<engine_finding> twice = double_free(graph, e)) return twice;
  for (const location_id location : graph.used_locations()) {
    if (graph.at(location).begin.block != block) continue;
    for (const event_id id : graph.at(location).all)
      if (!e.happens_before.contains(id))
        return error(finding_kind::use_after_free, "access that nothing orders before the free", id,
                     e.id);
  }
  return std::nullopt;
}

}  // namespace

std::optional<engine_finding> find_memory_error(const execution_graph& graph, event_id latest) {
  const event& e = graph[latest];
  if (is_access(e.op)) return access_error(graph, e);
  if (e.op == operation::release) return release_error(graph, e);
  return std::nullopt;
}

std::vector<engine_finding> find_memory_errors(const execution_graph& graph) {
  std::vector<engine_finding> all;
  for (const event_id id : graph.order()) {
    const event& e = graph[id];
    std::optional<engine_finding> error;
    if (is_access(e.op)) error = access_error(graph, e);
    // An access that the free is not ordered behind has that as its own error.
    if (e.op == operation::release) error = double_free(graph, e);
    if (error) all.push_back(std::move(*error));
  }
  return all;
}

}  // namespace stockcheck::explore
