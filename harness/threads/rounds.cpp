// SPDX-License-Identifier: GPL-2.0-only
#include "harness/threads/rounds.hpp"

#include "harness/threads/host_cpus.hpp"
#include "kernel_source/run/held_signals.hpp"
#include "model/atomics/round_abandoned.hpp"
#include "model/atomics/std_atomics.hpp"
#include "report/finding_of.hpp"
#include "report/identity.hpp"

#include <algorithm>
#include <string>
#include <thread>
#include <utility>

namespace stockcheck::harness {

namespace {

/// A short random delay shifts the tasks against each other: without it most rounds are alike.
constexpr unsigned max_delay = 64;
/// Rounds between two looks at the clock.
constexpr std::uint64_t clock_period = 64;

}  // namespace

rounds::rounds(const checks::program_entry& entry, const options& how, known_of_code known)
    : entry_(entry),
      how_(how),
      expected_(*entry.info, std::move(known)),
      nr_tasks_(static_cast<unsigned>(entry.info->nr_tasks())),
      gate_(nr_tasks_) {}

void rounds::run() {
  guarded([this] { run_all(); });
  program_.reset();
  const std::scoped_lock alone{guard_};
  over_ = true;
  over_changed_.notify_all();
}

void rounds::run_all() {
  become(0);
  // Making a program runs the code under test: what that does wrong ends the rounds.
  guarded([this] {
    const auto first = entry_.make();
    handlers_.assign(first->handlers().begin(), first->handlers().end());
  });
  {
    const std::scoped_lock alone{guard_};
    record_.has_handlers = !handlers_.empty();
  }
  std::vector<std::jthread> others;
  for (unsigned number = 1; number < nr_tasks_; ++number)
    others.emplace_back([this, number] { serve(number); });
  const auto interrupts = interrupter_of(0);
  while (!stopped_ && !is_enough()) one_round(interrupts.get());
  gate_.meet();  // lets the others see that there is no program any more
}

bool rounds::wait(std::chrono::milliseconds longest) {
  std::unique_lock waiting{guard_};
  return over_changed_.wait_for(waiting, longest, [this] { return over_; });
}

void rounds::abandon() {
  stopped_ = true;
  round_failed_ = true;
}

rounds_record rounds::record() const {
  const std::scoped_lock alone{guard_};
  rounds_record so_far = record_;
  so_far.done = done_;
  return so_far;
}

bool rounds::is_enough() {
  const bool all_are_done = how_.executions != 0 && done_ >= how_.executions;
  if (!all_are_done && done_ % clock_period != 0) return false;
  if (!all_are_done && !time_.is_over()) return false;
  if (handlers_.empty() || record_.interrupts > 0 || !record_.known.empty()) return true;
  if (!patience_) {
    patience_.emplace(patience_for_interrupts * nr_tasks_);
    last_round_ = done_ + rounds_for_an_interrupt;
  }
  return done_ >= last_round_ || patience_->is_over();
}

void rounds::one_round(interrupter* interrupts) {
  round_failed_ = false;
  {
    const std::scoped_lock alone{guard_};
    is_known_round_ = false;
  }
  if (stopped_) round_failed_ = true;  // abandon() came first
  if (guarded([this] { program_ = entry_.make(); })) {
    gate_.meet();
    perform(0, interrupts);
    gate_.meet();
    if (!round_failed_) guarded([this] { program_->settle(); });
    take_down();
  }
  ++done_;
}

/// What the code under test has in its variables is of one program: it goes before the next one is
/// made.
void rounds::take_down() {
  {
    const std::scoped_lock alone{guard_};
    record_.interrupts += program_->nr_interrupts();
    if (!round_failed_) ++record_.outcomes[program_->outcome()];
  }
  program_.reset();
  if (!round_failed_) guarded([this] { entry_.end(); });
}

/// The life of the thread of another task.
void rounds::serve(unsigned number) {
  become(number);
  const auto interrupts = interrupter_of(number);
  for (;;) {
    gate_.meet();
    if (program_ == nullptr) return;
    perform(number, interrupts.get());
    gate_.meet();
  }
}

void rounds::become(unsigned number) {
  std_task& self = std_atomics::current();
  self.number = number;
  self.moved_to = run_on_host_cpu;
  self.abandoned = &round_failed_;
  self.judge = this;
  self.random.seed(static_cast<std::minstd_rand::result_type>(seed_of(number)));
}

std::uint64_t rounds::seed_of(unsigned number) const {
  return how_.seed * checks::max_tasks + number + 1;
}

std::unique_ptr<interrupter> rounds::interrupter_of(unsigned number) {
  std::unique_ptr<interrupter> made;
  if (handlers_.empty()) return made;
  guarded([&] {
    made = std::make_unique<interrupter>(entry_.info->task_list.at(number).where, handlers_,
                                         seed_of(number));
  });
  return made;
}

void rounds::perform(unsigned number, interrupter* interrupts) {
  const kernel::placement& start = entry_.info->task_list.at(number).where;
  if (start.migrations > 0) run_on_host_cpu(start.cpu);
  if (interrupts != nullptr) interrupts->arm();
  // Once more: to set the timers takes longer than a task.
  if (!handlers_.empty()) gate_.meet();
  for (volatile unsigned delay = std_atomics::choose(max_delay); delay > 0;) delay = delay - 1;
  if (interrupts != nullptr) interrupts->begin(*program_);
  guarded([&] { program_->task(number); });
  if (interrupts != nullptr) interrupts->end();
}

/// Whether nothing was thrown.
template <class Action>
bool rounds::guarded(Action action) {
  try {
    action();
    return true;
  } catch (const violation& found) {
    note(found.failed());
  } catch (const round_abandoned&) {  // NOLINT(bugprone-empty-catch)
    // What ended the round was noted where it happened.
  } catch (...) {
    const std::scoped_lock alone{guard_};
    record_.error = std::current_exception();
    abandon();
  }
  return false;
}

/// Behind a reference or memory that is not there the machine's own memory is at stake. A handler
/// may have interrupted anything: neither memory nor a lock is to be had there.
bool rounds::goes_on_behind(const failed_expectation& failed) {
  if (failed.kind == oracle::memory || failed.kind == oracle::references) return false;
  auto* const on = kernel::machine<std_atomics>::current_or_null();
  if (on == nullptr || on->self().interrupts.now != kernel::context::task) return false;
  const kernel_source::held_signals<std_atomics> undisturbed;
  const std::scoped_lock alone{guard_};
  return count_if_known(failed);
}

bool rounds::count_if_known(const failed_expectation& found) {
  report::finding what = report::finding_of(found);
  const auto known = expected_.find(what);
  if (!known) return false;
  report::keep_one_of_each(record_.known, {std::move(what), *known});
  if (!std::exchange(is_known_round_, true)) ++record_.known_rounds;
  return true;
}

void rounds::note(const failed_expectation& found) {
  const std::scoped_lock alone{guard_};
  if (!count_if_known(found)) {
    if (!record_.failed) record_.failed.emplace(found);
    stopped_ = true;
  }
  round_failed_ = true;
}

}  // namespace stockcheck::harness
