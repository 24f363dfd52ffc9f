// SPDX-License-Identifier: GPL-2.0-only
// Building executions event by event, level by level.
#include "tests/explore/reference/enumerator.hpp"

#include "tests/explore/reference/axioms.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace stockcheck::explore::reference {
namespace {

/// A read or an update that may yet have to wait for other threads' writes.
bool reads(const instruction& step) {
  switch (step.code) {
    case opcode::store:
    case opcode::unlock:
    case opcode::fence:
    case opcode::choose: return false;
    default: return true;
  }
}

bool has_plain_access(const litmus_program& program) {
  return std::ranges::any_of(program.threads, [](const auto& code) {
    return std::ranges::any_of(code, [](const instruction& step) {
      return step.order == memory_order::plain || step.failure_order == memory_order::plain;
    });
  });
}

class builder {
 public:
  builder(const litmus_program& program, memory_model model, construction order)
      : program_{program}, model_{model}, order_{order}, may_race_{has_plain_access(program)} {}

  enumeration run() {
    std::vector<partial_graph> level{partial_graph{program_}};
    while (!level.empty()) {
      next_level_.clear();
      seen_.clear();
      for (const partial_graph& graph : level) expand(graph);
      level.swap(next_level_);
    }
    return std::move(found_);
  }

 private:
  /// Adds every execution that has one event more than `graph`.
  void expand(const partial_graph& graph) {
    ++found_.prefixes;
    std::array<std::pair<std::size_t, const instruction*>, max_threads> ready;
    std::size_t ready_count = 0;
    for (std::size_t thread = 0; thread < graph.threads(); ++thread) {
      cursor at = graph.at(thread);
      const instruction* const step = next_instruction(program_.threads[thread], at);
      if (step != nullptr) ready[ready_count++] = {thread, step};
    }
    if (order_ == construction::writers_first) {
      for (std::size_t rank = 0; rank < ready_count; ++rank) {
        if (reads(*ready[rank].second)) continue;
        add_events(graph, ready[rank].first, *ready[rank].second);
        return;
      }
    }
    if (std::all_of(ready.begin(), ready.begin() + ready_count,
                    [](const auto& next) { return next.second->code == opcode::lock; })) {
      record(graph, ready_count == 0);
    }
    for (std::size_t rank = 0; rank < ready_count; ++rank) {
      add_events(graph, ready[rank].first, *ready[rank].second);
    }
  }

  /// `graph` cannot grow but by locks: keeps it if it is complete or a deadlock.
  void record(const partial_graph& graph, bool no_lock_waits) {
    bool blocked = !no_lock_waits;
    bool for_ever = true;
    for (std::size_t thread = 0; thread < graph.threads(); ++thread) {
      cursor at = graph.at(thread);
      if (at.blocked) {
        const partial_event& await =
            graph.event(partial_graph::id(thread, graph.length(thread) - 1));
        blocked = true;
        for_ever = for_ever && await.from == graph.last_write(await.location);
      } else if (const auto* const wanted = next_instruction(program_.threads[thread], at)) {
        for_ever = for_ever && graph.last_value(wanted->location) != 0;
      }
    }
    if (may_race_ && !found_.racy) found_.racy = has_data_race(split_graph{graph});
    if (!blocked) {
      found_.complete.insert(graph.canonical());
    } else if (for_ever) {
      found_.deadlocked.insert(graph.canonical());
    }
  }

  void add_events(const partial_graph& graph, std::size_t thread, const instruction& step) {
    switch (step.code) {
      case opcode::fence: return add_fence(graph, thread, step);
      case opcode::choose: return add_choices(graph, thread, step);
      case opcode::store:
      case opcode::unlock: return add_store(graph, thread, step);
      default: break;
    }
    add_reader(graph, thread, step, from_initial);
    for (std::size_t rank = 0; rank < graph.writes(step.location); ++rank) {
      add_reader(graph, thread, step, graph.write(step.location, rank));
    }
  }

  void add_fence(const partial_graph& graph, std::size_t thread, const instruction& step) {
    partial_graph grown = advanced(graph, thread);
    grown.append(thread, {event_kind::fence, 0, step.order, from_initial, 0, 0});
    keep(grown);
  }

  void add_choices(const partial_graph& graph, std::size_t thread, const instruction& step) {
    for (value_type choice = 0; choice < step.value; ++choice) {
      partial_graph grown = advanced(graph, thread);
      grown.append(thread, {event_kind::choice, 0, memory_order::relaxed, from_initial, choice, 0});
      grown.at(thread).last_read = choice;
      keep(grown);
    }
  }

  void add_store(const partial_graph& graph, std::size_t thread, const instruction& step) {
    const value_type value = step.code == opcode::unlock ? 0 : operand(step, graph.at(thread));
    partial_graph grown = advanced(graph, thread);
    grown.append(thread, {event_kind::write, static_cast<std::uint8_t>(step.location),
                          order_of(step, false), from_initial, 0, value});
    keep_placed(grown, thread);
  }

  void add_reader(const partial_graph& graph, std::size_t thread, const instruction& step,
                  event_id source) {
    const value_type found = graph.value_of(source);
    if (step.code == opcode::lock && waits(step, found)) return;
    const bool update = updates(step, found);
    partial_graph grown = advanced(graph, thread);
    grown.append(thread, {update ? event_kind::update : event_kind::read,
                          static_cast<std::uint8_t>(step.location), order_of(step, update), source,
                          found, update ? updated(step, graph.at(thread), found) : 0});
    grown.at(thread).last_read = found;
    grown.at(thread).blocked = waits(step, found);
    if (update) {
      keep_placed(grown, thread);
    } else {
      keep(grown);
    }
  }

  /// A copy of `graph` with `thread` past its next instruction.
  partial_graph advanced(const partial_graph& graph, std::size_t thread) const {
    partial_graph grown{graph};
    next_instruction(program_.threads[thread], grown.at(thread));
    ++grown.at(thread).position;
    return grown;
  }

  /// Keeps `graph` with the last event of `thread`, a write, at every place.
  void keep_placed(const partial_graph& graph, std::size_t thread) {
    const event_id added = partial_graph::id(thread, graph.length(thread) - 1);
    for (std::size_t rank = 0; rank <= graph.writes(graph.event(added).location); ++rank) {
      partial_graph placed{graph};
      placed.place(added, rank);
      keep(placed);
    }
  }

  void keep(const partial_graph& graph) {
    if (!seen_.insert(graph.key()).second) return;
    if (consistent(split_graph{graph}, model_)) next_level_.push_back(graph);
  }

  const litmus_program& program_;
  memory_model model_;
  construction order_;
  bool may_race_;
  std::vector<partial_graph> next_level_;
  std::unordered_set<std::string> seen_;
  enumeration found_;
};

}  // namespace

enumeration enumerate(const litmus_program& program, memory_model model, construction order) {
  return builder{program, model, order}.run();
}

}  // namespace stockcheck::explore::reference
