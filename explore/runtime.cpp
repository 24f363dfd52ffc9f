// SPDX-License-Identifier: GPL-2.0-only
// Executions and the operations of the code under test; scheduling.cpp has who runs next.
#include "explore/runtime.hpp"

#include "explore/crashes.hpp"
#include "explore/memory_errors.hpp"

#include <cxxabi.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <ios>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace stockcheck::explore {

namespace {

constexpr std::size_t stack_bytes = std::size_t{64} * 1024;

std::uint64_t value_in_memory(const void* address, std::size_t width) {
  static_assert(std::endian::native == std::endian::little);
  std::uint64_t value = 0;
  std::memcpy(&value, address, width);
  return value;
}

}  // namespace

runtime::runtime(const code_under_test& code, std::size_t max_events, bool behind_misuse)
    : code_(code), max_events_(max_events), behind_misuse_(behind_misuse), stacks_(stack_bytes) {
  if (code.nr_tasks == 0 || code.nr_tasks > max_tasks)
    throw std::invalid_argument("a program has 1 to 16 tasks");
  if (current_ != nullptr) throw std::logic_error("engine bug: two runtimes in one thread");
  if (max_events > max_thread_events) throw std::invalid_argument("at most 16000 events a task");
  catch_crashes();
  current_ = this;
}

runtime::~runtime() { current_ = nullptr; }

void runtime::throw_no_execution() {
  throw std::logic_error("an operation of the explored program outside of an execution");
}

// Executions --------------------------------------------------------------------------------------

void runtime::begin(strategy& how) {
  how_ = &how;
  interleaves_ = how.interleaves();
  graph_ = &how.graph();
  arena_.reset();
  locations_.reset();
  findings_.clear();
  notes_.clear();
  crash_.reset();
  cut_ = false;
  truncated_ = false;
  polled_at_ = SIZE_MAX;
  for (std::size_t t = 0; t < nr_threads(); ++t) threads_[t] = thread_state{};
}

void runtime::end() {
  for (std::size_t t = 0; t < code_.nr_tasks; ++t)
    if (threads_[t].fiber.body != nullptr) drop_fiber(threads_[t].fiber, stacks_);
  run_alone([this] { program_.reset(); });
  // If even that failed, what the program owns is lost.
  [[maybe_unused]] const engine_program* const lost = program_.release();
}

ending runtime::run(strategy& how, event_id changed,
                    const std::function<void(engine_program&)>& on_complete) {
  begin(how);
  if (!changed.is_none() && !behind_misuse_)
    if (std::optional<engine_finding> error = find_memory_error(*graph_, changed))
      findings_.push_back(std::move(*error));
  if (findings_.empty() && run_alone([this] { program_ = code_.make(); })) {
    check_setup();
    if (findings_.empty()) run_tasks();
  }
  cut_ = !findings_.empty();
  const ending how_it_ended = cut_ ? ending::found : judge(on_complete);
  end();
  if (how_it_ended == ending::complete) check_leaks();
  return findings_.empty() ? how_it_ended : ending::found;
}

recording runtime::record(strategy& how) {
  recording_.emplace();
  replay_only_ = true;
  std::vector<engine_finding> found = std::move(findings_);
  std::vector<remark> notes = std::move(notes_);
  begin(how);
  if (run_alone([this] { program_ = code_.make(); })) run_tasks();
  end();
  findings_ = std::move(found);
  notes_ = std::move(notes);
  replay_only_ = false;
  for (location_id l = 0; l < locations_.size(); ++l)
    recording_->addresses.push_back(reinterpret_cast<std::uintptr_t>(locations_[l].address));
  recording done = std::move(*recording_);
  recording_.reset();
  return done;
}

/// Runs an action on a fiber of its own, so that a failure can leave it at any point. False if it
/// did.
bool runtime::run_alone(const std::function<void()>& action) {
  const std::size_t alone = code_.nr_tasks;
  alone_ = true;
  action_ = &action;
  fiber& f = threads_[alone].fiber;
  create_fiber(f, stacks_, &runtime::run_thread, this);
  threads_[alone].now = status::ready;
  resume(alone);
  drop_fiber(f, stacks_);
  return threads_[alone].now == status::ended;
}

void runtime::run_tasks() {
  alone_ = false;
  for (std::size_t t = 0; t < code_.nr_tasks; ++t)
    create_fiber(threads_[t].fiber, stacks_, &runtime::run_thread, this);
  running_ = 0;
  while (findings_.empty()) {
    const std::size_t next = schedule();
    if (next == scheduler) break;
    resume(next);
  }
}

void runtime::run_thread(void* self) { static_cast<runtime*>(self)->run_task(); }

void runtime::run_task() {
  std::optional<std::string> thrown;
  try {
    if (alone_)
      (*action_)();
    else
      program_->task(running_);
  } catch (const std::exception& exception) {
    thrown = exception.what();
  } catch (...) {
    thrown = "something that is not a std::exception";
  }
  if (thrown)
    fail({.kind = finding_kind::exception, .what = std::move(*thrown), .at = {}, .events = {}});
  if (!alone_ && !replay_only_ && !is_at_end())
    fail({.kind = finding_kind::nondeterministic,
          .what = "task " + std::to_string(running_) + " ended before operation " +
                  std::to_string(self().next) + ", which it did before, with all reads the same",
          .at = {},
          .events = {
              {static_cast<std::uint16_t>(running_), static_cast<std::uint16_t>(self().next)}}});
  self().now = status::ended;
  leave();
}

void runtime::switch_between(std::size_t from, std::size_t to) {
  thread_state& leaving = threads_[from];
  thread_state& next = threads_[to];
  // An operation may stand in a catch block: what is caught belongs to the task.
  auto& caught = *reinterpret_cast<caught_exceptions*>(abi::__cxa_get_globals());
  leaving.caught = std::exchange(caught, next.caught);
  runs_task_ = to != scheduler;
  if (to != scheduler) {
    running_ = to;
    ++counters_.resumes;
  }
  switch_fiber(leaving.fiber, next.fiber);
}

/// Lets somebody else run: at once if it is clear who, else the scheduler.
void runtime::leave() {
  const std::size_t from = running_;
  const bool ask = alone_ || interleaves_ || peeking_ || !findings_.empty();
  const std::size_t next = ask ? scheduler : first_runnable();
  if (next != scheduler) threads_[next].now = status::ready;
  switch_between(from, next);
}

void runtime::stop() {
  self().now = status::stopped;
  leave();
  throw std::logic_error("engine bug: a stopped task was resumed");
}

/// The caller's stack is left as it is: whatever `what` owned is moved away from there.
void runtime::fail(engine_finding&& what) {
  if (findings_.empty()) findings_.push_back(std::move(what));
  stop();
}

/// Whatever the task would have done comes after the crash: there is no execution with it and
/// without the crash. So other tasks may go on to the misuse that brought the crash about.
void runtime::crash(const void* address) {
  if (replay_only_) stop();
  engine_finding what{.kind = finding_kind::stack_overflow,
                      .what = "the stack of a task is used up",
                      .at = {},
                      .events = {}};
  if (!overflows_stack(address)) {
    std::ostringstream text;
    text << "access of address " << std::showbase << std::hex
         << reinterpret_cast<std::uintptr_t>(address) << ", where there is no memory";
    what.kind = finding_kind::crash;
    what.what = text.str();
    if (const std::size_t done = self().next; done > 0 && !alone_)
      what.events.push_back(
          {static_cast<std::uint16_t>(running_), static_cast<std::uint16_t>(done - 1)});
  }
  if (!behind_misuse_ || alone_ || std::exchange(peeking_, false)) fail(std::move(what));
  if (!crash_) crash_ = std::move(what);
  stop();
}

void runtime::note(std::size_t number) {
  if (replay_only_ ||
      std::ranges::any_of(notes_, [number](const remark& made) { return made.number == number; }))
    return;
  remark made{.number = number};
  for (std::size_t t = 0; t < nr_threads(); ++t) made.events[t] = graph_->size(t);
  notes_.push_back(made);
}

bool runtime::is_on_stack(const void* address) const {
  const auto& stack = threads_[running_].fiber.stack;
  const auto* const byte = static_cast<const char*>(address);
  const auto* const top = static_cast<const char*>(stack.sp);
  return byte < top && byte >= top - stack.size;
}

bool runtime::overflows_stack(const void* address) const {
  const auto& stack = threads_[running_].fiber.stack;
  if (stack.sp == nullptr) return false;
  const auto* const byte = static_cast<const char*>(address);
  const auto* const lowest = static_cast<const char*>(stack.sp) - stack.size;
  constexpr std::ptrdiff_t page = 4096;
  return byte >= lowest && byte < lowest + page;
}

ending runtime::judge(const std::function<void(engine_program&)>& on_complete) {
  if (behind_misuse_) findings_ = find_memory_errors(*graph_);
  if (findings_.empty() && crash_) findings_.push_back(std::move(*crash_));
  if (!findings_.empty()) return ending::found;
  bool all_ended = true;
  for (std::size_t t = 0; t < code_.nr_tasks; ++t)
    all_ended = all_ended && threads_[t].now == status::ended;
  if (all_ended) {
    settle(on_complete);
    return ending::complete;
  }
  if (truncated_) return ending::truncated;
  if (!is_stuck_for_good()) return ending::blocked;
  findings_.push_back(stuck());
  return ending::found;
}

void runtime::settle(const std::function<void(engine_program&)>& on_complete) {
  for (const location_id location : graph_->used_locations())
    set_alone(location, graph_->value_of(graph_->latest_write(location), location));
  for (const event_id id : graph_->releases())
    arena_[static_cast<block_id>((*graph_)[id].operand)].released = true;
  if (run_alone([this] { program_->settle(); }) && on_complete) on_complete(*program_);
}

/// The set-up must declare the same in every execution.
void runtime::check_setup() {
  const std::size_t alone = code_.nr_tasks;
  std::uint64_t digest = locations_.declared(alone);
  const auto mix = [&digest](std::uint64_t value) {
    digest = (digest ^ value) * 0x9e3779b97f4a7c15U;
    digest ^= digest >> 29U;
  };
  for (std::size_t n = 0; n < locations_.declared(alone); ++n) {
    const location_table::entry& entry = locations_.declared_by(alone, n);
    // What was set up by choice may differ.
    if (threads_[alone].next == 0) mix(entry.value);
    mix(entry.width);
  }
  mix(arena_.blocks(alone).size());
  if (threads_[alone].next > 0) return;
  if (!setup_) setup_ = digest;
  if (*setup_ != digest)
    findings_.push_back({.kind = finding_kind::nondeterministic,
                         .what = "setting up the program gave other values than before",
                         .at = {},
                         .events = {}});
}

void runtime::check_leaks() {
  if (!findings_.empty()) return;
  for (std::size_t t = 0; t < nr_threads(); ++t)
    for (const arena::block& block : arena_.blocks(t))
      if (!block.released) {
        findings_.push_back({.kind = finding_kind::leak,
                             .what = std::to_string(block.size) + " bytes were never freed",
                             .at = block.at,
                             .events = {}});
        return;
      }
}

// Operations --------------------------------------------------------------------------------------

bool runtime::is_at_end() const { return threads_[running_].next >= graph_->size(running_); }

runtime::outcome runtime::perform(const request& what, const site& at) {
  if (alone_) return perform_alone(what, at);
  if (peeking_) return peek(what, at);
  thread_state& me = self();
  if (!me.in_round && interleaves_ && is_at_end() && !replay_only_) {
    me.now = status::ready;
    leave();
  }
  return step(what, at);
}

/// The next event of the task: run again if it was recorded, else added.
runtime::outcome runtime::step(const request& what, const site& at) {
  thread_state& me = self();
  if (me.next < graph_->size(running_)) {
    ++counters_.replayed;
    const event& recorded = graph_->thread(running_)[me.next];
    if (!(static_cast<const request&>(recorded) == what)) [[unlikely]]
      fail(difference(recorded, what, at));
  } else {
    if (replay_only_) stop();
    add(what, at);
  }
  const event& e = graph_->thread(running_)[me.next];
  if (e.reads() && !e.reads_from.is_initial() &&
      threads_[e.reads_from.thread].next <= e.reads_from.index)
    wait_for(e.reads_from);
  if (recording_) [[unlikely]]
    recording_->sites[running_].push_back(at);
  ++me.next;
  return {e.read_value, e.writes()};
}

void runtime::add(const request& what, const site& at) {
  if (self().next >= max_events_) {
    truncated_ = true;
    stop();
  }
  ++counters_.fresh;
  if (is_access(what.op)) {
    graph_->use(what.location, locations_[what.location].begin);
    contention_.record(what.location, running_, self().nested);
  }
  const event_id added = how_->add(what, running_, self().in_round);
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
          .what = "task " + std::to_string(running_) + ", operation " +
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
  if (alone_ || peeking_) {
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
  if (is_at_end() && !replay_only_ && (interleaves_ || !mutex_is_free(what.location))) {
    me.now = status::locking;
    leave();
  }
  // If not, somebody else has it for ever.
  if (!step(what, at).wrote) stop();
  me.mutex = no_location;
}

void runtime::await(predicate holds, const site& at) {
  if (alone_ || peeking_) {
    if (!holds())
      fail({.kind = finding_kind::no_progress,
            .what = "awaits what nobody will do",
            .at = at,
            .events = {}});
    return;
  }
  thread_state& me = self();
  me.at = at;
  if (is_at_end() && !replay_only_) {
    // The scheduler asks for the predicate now and then, and makes it ready.
    me.now = status::awaiting;
    for (leave(); me.now == status::awaiting; leave()) {
      peeking_ = true;
      me.holds = holds();
      peeking_ = false;
    }
  }
  me.in_round = true;
  me.round = me.next;
  if (!holds()) stop();
  me.in_round = false;
}

/// A load of the latest value that leaves no event.
runtime::outcome runtime::peek(const request& what, const site& at) {
  if (what.op != operation::load) {
    peeking_ = false;
    fail({.kind = finding_kind::misuse,
          .what = "what is awaited may only load",
          .at = at,
          .events = {}});
  }
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
    if (replay_only_) return {};
    how_->add(what, running_, false);
  }
  if (recording_) recording_->sites[running_].push_back(at);
  const event_id id{static_cast<std::uint16_t>(running_),
                    static_cast<std::uint16_t>(self().next++)};
  const event& e = (*graph_)[id];
  if (!(static_cast<const request&>(e) == what)) fail(difference(e, what, at));
  return {e.read_value, false};
}

location_id runtime::declare(const void* address, std::size_t width, std::uint64_t value) {
  return locations_.declare(
      running_, address, width,
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
  if (alone_ || !locations_.is_first_sight(found)) return found;
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
  void* const memory = arena_.allocate(running_, size, alignment, fresh, at);
  if (memory != nullptr && !alone_)
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
  if (!alone_) {
    perform({.op = operation::release, .operand = block}, at);
    return;
  }
  if (arena_[block].released)
    fail({.kind = finding_kind::double_free, .what = "freed twice", .at = at, .events = {}});
  arena_[block].released = true;
}

void runtime::name(const name_range& range) {
  if (recording_) recording_->names.push_back(range);
}

}  // namespace stockcheck::explore
