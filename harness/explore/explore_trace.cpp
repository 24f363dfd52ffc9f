// SPDX-License-Identifier: GPL-2.0-only
#include "harness/explore/explore_trace.hpp"

#include "harness/short_function.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <map>
#include <optional>

namespace stockcheck::harness {

namespace {

using explore::event;
using explore::event_id;
using explore::operation;

/// Signed, by the width; what must be an address of user space is shown as one.
std::string value_text(std::uint64_t value, unsigned width) {
  constexpr std::uint64_t lowest_address = std::uint64_t{1} << 43U;
  constexpr std::uint64_t highest_address = std::uint64_t{1} << 47U;
  if (width == 8 && value >= lowest_address && value < highest_address)
    return fmt::format("{:#x}", value);
  switch (width) {
    case 1: return fmt::format("{}", static_cast<std::int8_t>(value));
    case 2: return fmt::format("{}", static_cast<std::int16_t>(value));
    case 4: return fmt::format("{}", static_cast<std::int32_t>(value));
    default: return fmt::format("{}", static_cast<std::int64_t>(value));
  }
}

std::string order_suffix(explore::memory_order order) {
  switch (order) {
    case explore::memory_order::plain: return " (unmarked)";
    case explore::memory_order::racy:
    case explore::memory_order::relaxed: return "";
    case explore::memory_order::acquire: return " (acquire)";
    case explore::memory_order::release: return " (release)";
    case explore::memory_order::acq_rel: return " (acq_rel)";
    case explore::memory_order::seq_cst: return " (seq_cst)";
    case explore::memory_order::full: break;
  }
  return " (fully ordered)";
}

std::string fence_text(explore::memory_order order) {
  switch (order) {
    case explore::memory_order::seq_cst:
    case explore::memory_order::full: return "full barrier";
    default: return fmt::format("barrier{}", order_suffix(order));
  }
}

/// "+=" for fetch_add and the like; empty for others.
std::string_view sign_of(operation op) {
  switch (op) {
    case operation::fetch_add: return "+=";
    case operation::fetch_sub: return "-=";
    case operation::fetch_and: return "&=";
    case operation::fetch_or: return "|=";
    case operation::fetch_xor: return "^=";
    default: return "";
  }
}

std::string access_text(const event& e, const std::string& name) {
  const auto value = [&e](std::uint64_t bits) { return value_text(bits, e.width); };
  const std::string change = fmt::format("{} -> {}", value(e.read_value), value(e.written_value));
  const std::string suffix = order_suffix(e.effective_order());
  switch (e.op) {
    case operation::load: return fmt::format("read {} = {}{}", name, value(e.read_value), suffix);
    case operation::store: return fmt::format("{} = {}{}", name, value(e.written_value), suffix);
    case operation::exchange: return fmt::format("xchg {}: {}{}", name, change, suffix);
    case operation::compare_exchange:
      if (e.writes()) return fmt::format("cmpxchg {}: {}{}", name, change, suffix);
      return fmt::format("cmpxchg {} fails: {}, not {}{}", name, value(e.read_value),
                         value(e.expected), suffix);
    case operation::lock: return fmt::format("lock {}{}", name, e.writes() ? "" : ": waits");
    case operation::try_lock: return fmt::format("trylock {}{}", name, e.writes() ? "" : " fails");
    case operation::unlock: return fmt::format("unlock {}", name);
    default:
      return fmt::format("{} {} {}: {}{}", name, sign_of(e.op), value(e.operand), change, suffix);
  }
}

/// The latest write to each location so far.
class latest_writes {
 public:
  explicit latest_writes(const explore::execution_graph& graph) : graph_(graph) {}

  [[nodiscard]] bool is_stale(const event& read) const {
    const auto latest = latest_.find(read.location);
    if (latest == latest_.end() || read.reads_from == latest->second) return false;
    return graph_.co_index(read.reads_from) < graph_.co_index(latest->second);
  }
  /// False if a write that is later in coherence order was here before.
  bool add(const event& write) {
    const auto [latest, first] = latest_.try_emplace(write.location, write.id);
    if (first || graph_.co_index(latest->second) < graph_.co_index(write.id)) {
      latest->second = write.id;
      return true;
    }
    return false;
  }

 private:
  const explore::execution_graph& graph_;
  std::map<explore::location_id, event_id> latest_;
};

/// What has no name and is written by nobody is of no interest: the kernel's pointers to parents.
/// Unless the reading itself is wrong.
bool is_of_interest(const explore::counterexample& shown, const event& e) {
  if (e.op != operation::load || e.order > explore::memory_order::racy) return true;
  const auto& accesses = shown.graph->at(e.location);
  const bool may_be_wrong =
      !accesses.begin.initialised || std::ranges::any_of(shown.graph->releases(), [&](event_id id) {
        return block_of((*shown.graph)[id]) == accesses.begin.block;
      });
  return may_be_wrong || !accesses.coherence.empty() ||
         shown.recording.name_of(e.location) != nullptr;
}

}  // namespace

std::string name_of_location(const explore::counterexample& shown, explore::location_id location) {
  const explore::name_range* const name = shown.recording.name_of(location);
  return name == nullptr ? fmt::format("location {}", location)
                         : fmt::format("{}.{}", name->owner, name->name);
}

std::string block_text(const explore::counterexample& shown, explore::block_id block) {
  for (const explore::location_id location : shown.graph->used_locations())
    if (shown.graph->at(location).begin.block == block)
      return fmt::format("the memory of {}", name_of_location(shown, location));
  return "memory";
}

std::string describe(const explore::counterexample& shown, const event& e) {
  if (explore::is_access(e.op)) return access_text(e, name_of_location(shown, e.location));
  switch (e.op) {
    case operation::choose: return fmt::format("choose {} of {}", e.read_value, e.operand);
    case operation::allocate: return fmt::format("allocate {}", block_text(shown, block_of(e)));
    case operation::release: return fmt::format("free {}", block_text(shown, block_of(e)));
    default: return fence_text(e.order);
  }
}

explore::block_id block_of(const event& e) { return static_cast<explore::block_id>(e.operand); }

report::source_line line_of(const explore::site& at) {
  return {at.file, at.line, short_function(at.function)};
}

std::vector<report::step> steps_of(const explore::counterexample& shown) {
  const explore::execution_graph& graph = *shown.graph;
  const std::size_t outside_of_tasks = graph.nr_threads() - 1;
  latest_writes latest(graph);
  std::vector<report::step> steps;
  for (const event_id id : shown.order) {
    const event& e = graph[id];
    if (!is_of_interest(shown, e)) continue;
    report::step step{
        .task = id.thread, .what = describe(shown, e), .at = line_of(shown.recording.site_of(id))};
    if (id.thread == outside_of_tasks) {
      step.task = 0;
      step.what += ", not by a task";
    }
    step.stale = e.reads() && latest.is_stale(e);
    if (e.writes() && !latest.add(e)) step.what += ", already overwritten";
    steps.push_back(std::move(step));
  }
  return steps;
}

}  // namespace stockcheck::harness
