// SPDX-License-Identifier: GPL-2.0-only
// The operations of the code under test, in each of the modes.
#include "explore/memory_errors.hpp"
#include "explore/runtime.hpp"

#include <bit>
#include <cstring>
#include <utility>

namespace stockcheck::explore {

namespace {

std::uint64_t value_in_memory(const void* address, std::size_t width) {
  static_assert(std::endian::native == std::endian::little);
  std::uint64_t value = 0;
  std::memcpy(&value, address, width);
  return value;
}

}  // namespace

bool runtime::is_at_end() const { return threads_[task()].next >= graph_->size(task()); }

bool runtime::adds_events() const { return mode_ == mode::run && is_at_end(); }

runtime::outcome runtime::perform(const request& what, const site& at) {
  if (mode_ == mode::alone) return perform_alone(what, at);
  if (mode_ == mode::peek) return peek(what, at);
  thread_state& me = self();
  if (!me.in_round && interleaves_ && adds_events()) {
    me.now = status::ready;
    leave();
  }
  return step(what, at);
}

/// The next event of the task: run again if it was recorded, else added.
runtime::outcome runtime::step(const request& what, const site& at) {
  thread_state& me = self();
  if (me.next < graph_->size(task())) {
    ++replayed_;
    const event& recorded = graph_->thread(task())[me.next];
    if (!(static_cast<const request&>(recorded) == what)) [[unlikely]]
      fail(difference(recorded, what, at));
  } else {
    if (mode_ == mode::replay) stop();
    add(what, at);
  }
  const event& e = graph_->thread(task())[me.next];
  if (e.reads() && !e.reads_from.is_initial() &&
      threads_[e.reads_from.thread].next <= e.reads_from.index)
    wait_for(e.reads_from);
  if (recording_) [[unlikely]]
    recording_->sites[task()].push_back(at);
  ++me.next;
  return {e.read_value, e.writes()};
}

void runtime::add(const request& what, const site& at) {
  if (self().next >= max_events_) {
    truncated_ = true;
    stop();
  }
  ++fresh_;
  if (is_access(what.op)) {
    graph_->use(what.location, locations_[what.location].begin);
    contention_.record(what.location, task(), self().nested);
  }
  const event_id added = how_->add(what, task(), self().in_round);
  std::optional<engine_finding> error = find_memory_error(*graph_, added);
  if (!error || (behind_misuse_ && error->kind != finding_kind::uninitialised_read)) return;
  error->at = at;
  fail(std::move(*error));
}

engine_finding runtime::difference(const event& recorded, const request& now,
                                   const site& at) const {
  const auto text = [](const request& r) {
    std::string words(name_of(r.op));
    if (is_access(r.op)) words += " of location " + std::to_string(r.location);
    if (r.op != operation::load) words += " with " + std::to_string(r.operand);
    return words;
  };
  return {.kind = finding_kind::nondeterministic,
          .what = "task " + std::to_string(task()) + ", operation " +
                  std::to_string(recorded.id.index) + " is now a " + text(now) + " and was a " +
                  text(recorded) + " before, with all reads the same",
          .at = at,
          .events = {recorded.id}};
}

/// Lets a reader go on only when the write that it reads has been run again: then memory that the
/// engine does not see is as it was at that write.
void runtime::wait_for(event_id source) {
  self().now = status::replaying;
  self().source = source;
  leave();
}

void runtime::lock(const request& what, const site& at) {
  if (mode_ == mode::alone || mode_ == mode::peek) {
    if (!perform(what, at).wrote)
      fail({.kind = finding_kind::deadlock,
            .what = "a mutex is locked that nobody will unlock",
            .at = at,
            .events = {}});
    return;
  }
  thread_state& me = self();
  me.mutex = what.location;
  me.at = at;
  if (adds_events() && (interleaves_ || !mutex_is_free(what.location))) {
    me.now = status::locking;
    leave();
  }
  // If not, somebody else has it for ever.
  if (!step(what, at).wrote) stop();
  me.mutex = no_location;
}

void runtime::await(predicate holds, const site& at) {
  if (mode_ == mode::alone || mode_ == mode::peek) {
    if (!holds())
      fail({.kind = finding_kind::no_progress,
            .what = "awaits what nobody will do",
            .at = at,
            .events = {}});
    return;
  }
  thread_state& me = self();
  me.at = at;
  if (adds_events()) {
    // The scheduler asks for the predicate now and then, and makes it ready.
    me.now = status::awaiting;
    for (leave(); me.now == status::awaiting; leave()) {
      mode_ = mode::peek;
      me.holds = holds();
      mode_ = mode::run;
    }
  }
  me.in_round = true;
  me.round = me.next;
  if (!holds()) stop();
  me.in_round = false;
}

/// A load of the latest value that leaves no event.
runtime::outcome runtime::peek(const request& what, const site& at) {
  if (what.op != operation::load)
    fail({.kind = finding_kind::misuse,
          .what = "what is awaited may only load",
          .at = at,
          .events = {}});
  const location_id from = what.location;
  if (!graph_->knows(from)) return {locations_[from].begin.value, false};
  return {graph_->value_of(graph_->latest_write(from), from), false};
}

runtime::outcome runtime::perform_alone(const request& what, const site& at) {
  if (what.op == operation::choose) return choose_alone(what, at);
  if (!is_access(what.op)) return {};
  const location_table::entry& location = locations_[what.location];
  const block_id block =
      location.in_memory ? arena_.block_of(location.address) : location.begin.block;
  if (block != no_block && arena_[block].released)
    fail({.kind = finding_kind::use_after_free,
          .what = "access to freed memory",
          .at = at,
          .events = {}});
  const std::uint64_t before =
      location.in_memory ? value_in_memory(location.address, location.width) : location.value;
  if (!writes_after(what, before)) return {before, false};
  set_alone(what.location, written_after(what, before));
  return {before, true};
}

/// A value outside of the tasks: what they begin with, or what they left.
void runtime::set_alone(location_id location, std::uint64_t value) {
  location_table::entry& to = locations_[location];
  to.value = to.begin.value = value;
  if (!to.in_memory) return;
  // What was only read may lie in memory that cannot be written.
  if (value_in_memory(to.address, to.width) == value) return;
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): a load may be what named the address
  std::memcpy(const_cast<void*>(to.address), &value, to.width);
}

runtime::outcome runtime::choose_alone(const request& what, const site& at) {
  if (is_at_end()) {
    if (recording_) return {};
    how_->add(what, task(), false);
  }
  if (recording_) recording_->sites[task()].push_back(at);
  const event_id id{static_cast<std::uint16_t>(task()), static_cast<std::uint16_t>(self().next++)};
  const event& e = (*graph_)[id];
  if (!(static_cast<const request&>(e) == what)) fail(difference(e, what, at));
  return {e.read_value, false};
}

location_id runtime::declare(const void* address, std::size_t width, std::uint64_t value) {
  return locations_.declare(
      task(), address, width,
      {.value = value, .initialised = true, .block = arena_.block_of(address)});
}

location_id runtime::locate(const void* address, std::size_t width, const site& at) {
  const bool aligned = width > 0 && reinterpret_cast<std::uintptr_t>(address) % width == 0;
  const location_id found = aligned && std::has_single_bit(width) && width <= sizeof(std::uint64_t)
                                ? locations_.at_address(address, width)
                                : no_location;
  if (found == no_location) {
    std::vector<piece> pieces = locations_.seen_beside(address);
    pieces.push_back({reinterpret_cast<std::uintptr_t>(address), width});
    fail({.kind = finding_kind::mixed_widths,
          .what = "access of " + std::to_string(width) +
                  " bytes to memory that is also accessed in other pieces, or not aligned",
          .at = at,
          .events = {},
          .pieces = std::move(pieces)});
  }
  if (mode_ == mode::alone || !locations_.is_first_sight(found)) return found;
  location_table::entry& location = locations_[found];
  location.begin = {.value = value_in_memory(address, width), .block = arena_.block_of(address)};
  if (location.begin.block == no_block) return found;
  // What other executions left in a task's memory is no value; the set-up may have written to its
  // own in ways that the engine does not see.
  location.begin.initialised = arena_[location.begin.block].fresh != fresh_memory::uninitialised ||
                               arena::thread_of(location.begin.block) == code_.nr_tasks;
  return found;
}

void* runtime::allocate(std::size_t size, std::size_t alignment, fresh_memory fresh,
                        const site& at) {
  void* const memory = arena_.allocate(task(), size, alignment, fresh, at);
  if (memory != nullptr && mode_ != mode::alone)
    perform({.op = operation::allocate, .operand = arena_.block_of(memory)}, at);
  return memory;
}

void runtime::release(void* memory, const site& at) {
  if (memory == nullptr) return;
  const block_id block = arena_.block_of(memory);
  if (block == no_block || arena_[block].begin != memory)
    fail({.kind = finding_kind::misuse,
          .what = "frees what was not allocated",
          .at = at,
          .events = {}});
  if (mode_ != mode::alone) {
    perform({.op = operation::release, .operand = block}, at);
    return;
  }
  if (arena_[block].released)
    fail({.kind = finding_kind::double_free, .what = "freed twice", .at = at, .events = {}});
  arena_[block].released = true;
}

}  // namespace stockcheck::explore
