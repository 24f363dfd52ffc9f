// SPDX-License-Identifier: GPL-2.0-only
// A depth-first search over the steps of a machine.
#include "tests/explore/reference/interleavings.hpp"

#include "tests/explore/reference/cursor.hpp"
#include "tests/explore/reference/happens_before_clocks.hpp"

#include <deque>
#include <utility>

namespace stockcheck::explore::reference {
namespace {

struct machine_state {
  explicit machine_state(const litmus_program& program)
      : cursors(program.threads.size()),
        buffers(program.threads.size()),
        clocks(program.threads.size()) {
    history.threads.resize(program.threads.size());
    history.modification_order.resize(program.locations);
  }

  const graph_event& event(event_reference place) const {
    return history.threads[place.thread][place.index];
  }

  /// The store that a load of `thread` finds.
  event_reference visible(std::size_t thread, std::uint32_t location) const {
    const auto& buffer = buffers[thread];
    for (auto newest = buffer.rbegin(); newest != buffer.rend(); ++newest) {
      if (event(*newest).location == location) return *newest;
    }
    const auto& order = history.modification_order[location];
    return order.empty() ? initial_write : order.back();
  }

  value_type value(event_reference source) const {
    return source == initial_write ? 0 : event(source).written;
  }

  event_reference add(std::size_t thread, const graph_event& added, memory_order order) {
    const event_reference place{static_cast<std::uint32_t>(thread),
                                static_cast<std::uint32_t>(history.threads[thread].size())};
    history.threads[thread].push_back(added);
    clocks.follow(place, added, order);
    return place;
  }

  void write_to_memory(event_reference place) {
    history.modification_order[event(place).location].push_back(place);
  }

  canonical_graph history;
  std::vector<cursor> cursors;
  std::vector<std::deque<event_reference>> buffers;
  happens_before_clocks clocks;
};

bool drains(memory_order order) {
  return order == memory_order::seq_cst || order == memory_order::full;
}

class search {
 public:
  search(const litmus_program& program, machine kind) : program_{program}, kind_{kind} {}

  interleaving_result run() {
    visit(machine_state{program_});
    return std::move(result_);
  }

 private:
  void visit(const machine_state& state) {
    // Memory, buffers and clocks all follow from the execution so far.
    if (!visited_.insert(state.history).second) return;
    result_.racy = result_.racy || state.clocks.race_seen();
    bool stepped = false;
    bool finished = true;
    for (std::size_t thread = 0; thread < program_.threads.size(); ++thread) {
      if (!state.buffers[thread].empty()) {
        machine_state next{state};
        next.write_to_memory(next.buffers[thread].front());
        next.buffers[thread].pop_front();
        visit(next);
        stepped = true;
      }
      cursor at = state.cursors[thread];
      const instruction* const step = next_instruction(program_.threads[thread], at);
      if (step == nullptr) continue;
      finished = false;
      if (take(state, thread, at, *step)) stepped = true;
    }
    if (!stepped) finish(state, finished);
  }

  /// Goes on with `thread` executing `step`, if the machine can do that now.
  bool take(const machine_state& state, std::size_t thread, cursor at, const instruction& step) {
    const bool buffered = !state.buffers[thread].empty();
    switch (step.code) {
      case opcode::choose:
        for (value_type choice = 0; choice < step.value; ++choice) {
          machine_state next{state};
          next.add(thread, {.kind = event_kind::choice, .read = choice}, memory_order::relaxed);
          go_on(next, thread, at, choice);
        }
        return step.value != 0;
      case opcode::fence: {
        if (buffered && drains(step.order)) return false;
        machine_state next{state};
        next.add(thread, {.kind = event_kind::fence}, step.order);
        go_on(next, thread, at, at.last_read);
        return true;
      }
      case opcode::store:
      case opcode::unlock: return take_store(state, thread, at, step);
      default: return take_read(state, thread, at, step);
    }
  }

  bool take_store(const machine_state& state, std::size_t thread, cursor at,
                  const instruction& step) {
    const memory_order order = order_of(step, false);
    if (!state.buffers[thread].empty() && drains(order)) return false;
    machine_state next{state};
    const event_reference place =
        next.add(thread,
                 {.kind = event_kind::write,
                  .location = step.location,
                  .written = step.code == opcode::unlock ? 0 : operand(step, at)},
                 order);
    if (kind_ == machine::memory || drains(order)) {
      next.write_to_memory(place);
    } else {
      next.buffers[thread].push_back(place);
    }
    go_on(next, thread, at, at.last_read);
    return true;
  }

  bool take_read(const machine_state& state, std::size_t thread, cursor at,
                 const instruction& step) {
    const event_reference source = state.visible(thread, step.location);
    const value_type found = state.value(source);
    if (waits(step, found)) return false;
    const bool update = updates(step, found);
    const memory_order order = order_of(step, update);
    const bool locked = update || order == memory_order::full;
    if (locked && !state.buffers[thread].empty()) return false;
    machine_state next{state};
    const event_reference place = next.add(thread,
                                           {.kind = update ? event_kind::update : event_kind::read,
                                            .location = step.location,
                                            .from = source,
                                            .read = found,
                                            .written = update ? updated(step, at, found) : 0},
                                           order);
    if (update) next.write_to_memory(place);
    go_on(next, thread, at, found);
    return true;
  }

  void go_on(machine_state& next, std::size_t thread, cursor at, value_type last_read) {
    ++at.position;
    at.last_read = last_read;
    next.cursors[thread] = at;
    visit(next);
  }

  /// No thread can take a step.
  void finish(const machine_state& state, bool finished) {
    if (finished) {
      result_.complete.insert(state.history);
      return;
    }
    machine_state last{state};
    for (std::size_t thread = 0; thread < program_.threads.size(); ++thread) {
      cursor at = state.cursors[thread];
      const instruction* const step = next_instruction(program_.threads[thread], at);
      if (step == nullptr || step->code == opcode::lock) continue;
      const event_reference source = last.visible(thread, step->location);
      last.add(thread,
               {.kind = event_kind::read,
                .location = step->location,
                .from = source,
                .read = last.value(source)},
               step->order);
    }
    result_.racy = result_.racy || last.clocks.race_seen();
    result_.deadlocked.insert(last.history);
  }

  const litmus_program& program_;
  machine kind_;
  graph_set visited_;
  interleaving_result result_;
};

}  // namespace

interleaving_result interleavings(const litmus_program& program, machine kind) {
  return search{program, kind}.run();
}

}  // namespace stockcheck::explore::reference
