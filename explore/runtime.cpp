// SPDX-License-Identifier: GPL-2.0-only
// Executions from their set-up to what is said of them. performing.cpp has the operations of the
// code under test, scheduling.cpp has who runs next.
#include "explore/runtime.hpp"

#include "explore/crashes.hpp"
#include "explore/memory_errors.hpp"

#include <algorithm>
#include <ios>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace stockcheck::explore {

runtime::runtime(const code_under_test& code, std::size_t max_events, bool behind_misuse)
    : code_(code), max_events_(max_events), behind_misuse_(behind_misuse) {
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
  fibers_.reset(nr_threads());
  for (std::size_t t = 0; t < nr_threads(); ++t) threads_[t] = thread_state{};
}

void runtime::end() {
  for (std::size_t t = 0; t < code_.nr_tasks; ++t) fibers_.drop(t);
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
  std::vector<engine_finding> found = std::move(findings_);
  std::vector<remark> notes = std::move(notes_);
  begin(how);
  if (run_alone([this] { program_ = code_.make(); })) run_tasks();
  end();
  findings_ = std::move(found);
  notes_ = std::move(notes);
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
  mode_ = mode::alone;
  action_ = &action;
  fibers_.create(alone, &runtime::run_thread, this);
  threads_[alone].now = status::ready;
  resume(alone);
  fibers_.drop(alone);
  return threads_[alone].now == status::ended;
}

void runtime::run_tasks() {
  mode_ = recording_ ? mode::replay : mode::run;
  for (std::size_t t = 0; t < code_.nr_tasks; ++t) fibers_.create(t, &runtime::run_thread, this);
  fibers_.begin_with(0);
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
    if (mode_ == mode::alone)
      (*action_)();
    else
      program_->task(task());
  } catch (const std::exception& exception) {
    thrown = exception.what();
  } catch (...) {
    thrown = "something that is not a std::exception";
  }
  if (thrown)
    fail({.kind = finding_kind::exception, .what = std::move(*thrown), .at = {}, .events = {}});
  if (mode_ == mode::run && !is_at_end())
    fail({.kind = finding_kind::nondeterministic,
          .what = "task " + std::to_string(task()) + " ended before operation " +
                  std::to_string(self().next) + ", which it did before, with all reads the same",
          .at = {},
          .events = {
              {static_cast<std::uint16_t>(task()), static_cast<std::uint16_t>(self().next)}}});
  self().now = status::ended;
  leave();
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
  if (recording_) stop();
  engine_finding what{.kind = finding_kind::stack_overflow,
                      .what = "the stack of a task is used up",
                      .at = {},
                      .events = {}};
  if (!fibers_.overflows_stack(address)) {
    std::ostringstream text;
    text << "access of address " << std::showbase << std::hex
         << reinterpret_cast<std::uintptr_t>(address) << ", where there is no memory";
    what.kind = finding_kind::crash;
    what.what = text.str();
    if (const std::size_t done = self().next; done > 0 && mode_ != mode::alone)
      what.events.push_back(
          {static_cast<std::uint16_t>(task()), static_cast<std::uint16_t>(done - 1)});
  }
  if (!behind_misuse_ || mode_ == mode::alone || mode_ == mode::peek) fail(std::move(what));
  if (!crash_) crash_ = std::move(what);
  stop();
}

void runtime::name(const name_range& range) {
  if (recording_) recording_->names.push_back(range);
}

void runtime::note(std::size_t number) {
  if (recording_ ||
      std::ranges::any_of(notes_, [number](const remark& made) { return made.number == number; }))
    return;
  remark made{.number = number};
  for (std::size_t t = 0; t < nr_threads(); ++t) made.events[t] = graph_->size(t);
  notes_.push_back(made);
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

}  // namespace stockcheck::explore
