// SPDX-License-Identifier: GPL-2.0-only
#include "tests/explore/differential/engine_enumeration.hpp"

#include "explore/operations.hpp"
#include "tests/explore/reference/cursor.hpp"

#include <deque>
#include <stdexcept>

namespace stockcheck::explore::differential {

namespace {

using reference::opcode;

constexpr std::size_t cell_bytes = sizeof(reference::value_type);

explore::memory_order engine_order(reference::memory_order order) {
  return static_cast<explore::memory_order>(order);
}
static_assert(static_cast<int>(reference::memory_order::full) ==
              static_cast<int>(explore::memory_order::full));

/// Runs the instructions of a program as operations of the engine.
class litmus final : public engine_program {
 public:
  explicit litmus(const reference::litmus_program& code) : code_(code) {
    for (std::uint32_t i = 0; i < code.locations; ++i)
      locations_.push_back(declare(nullptr, cell_bytes, 0));
  }

  void task(std::size_t number) override {
    const auto& instructions = code_.threads[number];
    reference::cursor at;
    while (const reference::instruction* step = reference::next_instruction(instructions, at)) {
      perform(*step, at);
      ++at.position;
    }
  }

 private:
  void perform(const reference::instruction& step, reference::cursor& at) {
    const location_id where =
        step.code == opcode::fence || step.code == opcode::choose ? 0 : locations_[step.location];
    const reference::value_type value = reference::operand(step, at);
    const memory_order order = engine_order(step.order);
    const auto read = [&at](std::uint64_t seen) {
      at.last_read = static_cast<reference::value_type>(seen);
    };
    switch (step.code) {
      case opcode::load: return read(load(where, order, here));
      case opcode::store: return store(where, value, order, here);
      case opcode::exchange:
        return read(read_modify_write(operation::exchange, where, value, order, here));
      case opcode::fetch_add:
        return read(read_modify_write(operation::fetch_add, where, value, order, here));
      case opcode::compare_exchange: {
        std::uint64_t seen = step.expected;
        compare_exchange(where, seen, value, order, engine_order(step.failure_order), here);
        return read(seen);
      }
      case opcode::fence: return fence(order, here);
      case opcode::lock: lock(where, here); return read(0);
      case opcode::unlock: return unlock(where, here);
      case opcode::try_lock: return read(try_lock(where, here) ? 0 : 1);
      case opcode::await_equal: return read(await_value(where, order, step.value, true));
      case opcode::await_not_equal: return read(await_value(where, order, step.value, false));
      case opcode::choose: return read(choose(step.value, here));
    }
  }
  static std::uint64_t await_value(location_id where, memory_order order,
                                   reference::value_type value, bool equal) {
    std::uint64_t seen = 0;
    const auto holds = [&] {
      seen = load(where, order, here);
      return (seen == value) == equal;
    };
    await(predicate(holds), here);
    return seen;
  }

  static constexpr site here{__FILE__, "litmus", __LINE__};

  const reference::litmus_program& code_;
  std::vector<location_id> locations_;
};

reference::event_reference reference_of(event_id id) {
  return id.is_initial() ? reference::initial_write
                         : reference::event_reference{id.thread, id.index};
}

reference::graph_event canonical_event(const event& e) {
  reference::graph_event to;
  switch (e.kind) {
    case event_kind::read: to.kind = reference::event_kind::read; break;
    case event_kind::write: to.kind = reference::event_kind::write; break;
    case event_kind::update: to.kind = reference::event_kind::update; break;
    case event_kind::choice: to.kind = reference::event_kind::choice; break;
    default: to.kind = reference::event_kind::fence;
  }
  if (is_access(e.op)) to.location = e.location;
  if (e.reads()) {
    to.from = reference_of(e.reads_from);
    to.read = static_cast<reference::value_type>(e.read_value);
  }
  if (e.kind == event_kind::choice) to.read = static_cast<reference::value_type>(e.read_value);
  if (e.writes()) to.written = static_cast<reference::value_type>(e.written_value);
  return to;
}

/// Locations are numbered as they are declared: the program's own numbers.
reference::canonical_graph canonical(const execution_graph& graph,
                                     const reference::litmus_program& program) {
  reference::canonical_graph to;
  to.threads.resize(program.threads.size());
  for (std::size_t t = 0; t < program.threads.size(); ++t)
    for (const event& e : graph.thread(t)) {
      // A lock that waits for ever is no event there.
      if (e.op == operation::lock && e.kind == event_kind::read) continue;
      to.threads[t].push_back(canonical_event(e));
    }
  to.modification_order.resize(program.locations);
  for (const location_id l : graph.used_locations())
    for (const event_id write : graph.at(l).coherence)
      to.modification_order[l].push_back(reference_of(write));
  return to;
}

class collector final : public observer {
 public:
  collector(const reference::litmus_program& program, engine_enumeration& into)
      : program_(program), into_(into) {}

  void completed(explore::engine_program&, const execution_graph& graph) override {
    if (!into_.complete.insert(canonical(graph, program_)).second) ++into_.duplicates;
  }
  bool found(const engine_finding& what, const execution_graph& graph,
             const shower& /*show*/) override {
    switch (what.kind) {
      case finding_kind::data_race: into_.racy = true; return true;
      case finding_kind::deadlock:
      case finding_kind::no_progress:
        if (!into_.deadlocked.insert(canonical(graph, program_)).second) ++into_.duplicates;
        return true;
      default: throw std::runtime_error(std::string(name_of(what.kind)) + ": " + what.what);
    }
  }

 private:
  const reference::litmus_program& program_;
  engine_enumeration& into_;
};

}  // namespace

memory_model engine_model(reference::memory_model model) {
  switch (model) {
    case reference::memory_model::sc: return memory_model::sc;
    case reference::memory_model::tso: return memory_model::tso;
    case reference::memory_model::rc11: break;
  }
  return memory_model::rc11;
}

engine_enumeration explore_litmus(const reference::litmus_program& program, const settings& how) {
  engine_enumeration all;
  collector into(program, all);
  const code_under_test code{program.threads.size(),
                             [&program] { return std::make_unique<litmus>(program); }};
  all.result = explore(code, how, into);
  return all;
}

}  // namespace stockcheck::explore::differential
