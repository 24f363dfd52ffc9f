// SPDX-License-Identifier: GPL-2.0-only
// Who runs next, and what it means that nobody can.
#include "explore/runtime.hpp"

#include <array>

namespace stockcheck::explore {

bool runtime::mutex_is_free(location_id mutex) const {
  if (!graph_->knows(mutex)) return locations_[mutex].begin.value == 0;
  return graph_->value_of(graph_->latest_write(mutex), mutex) == 0;
}

bool runtime::is_runnable(const thread_state& thread) const {
  switch (thread.now) {
    case status::ready: return true;
    case status::replaying: return threads_[thread.source.thread].next > thread.source.index;
    case status::locking: return mutex_is_free(thread.mutex);
    case status::awaiting: return interleaves_ && thread.holds;
    default: return false;
  }
}

/// From left to right, each until it waits: this switches least. `scheduler` if nobody can run.
std::size_t runtime::first_runnable() const {
  for (std::size_t t = 0; t < code_.nr_tasks; ++t)
    if (is_runnable(threads_[t])) return t;
  return scheduler;
}

/// Lets somebody else run: at once if it is clear who, else the scheduler.
void runtime::leave() {
  const std::size_t from = task();
  const bool ask =
      mode_ == mode::alone || mode_ == mode::peek || interleaves_ || !findings_.empty();
  const std::size_t next = ask ? scheduler : first_runnable();
  if (next != scheduler) threads_[next].now = status::ready;
  fibers_.switch_between(from, next);
}

/// The task to go on; `scheduler` if none can.
std::size_t runtime::schedule() {
  if (!interleaves_) return schedule_late_awaits();
  poll_awaiting();
  std::array<std::size_t, max_threads> runnable{};
  std::size_t count = 0;
  for (std::size_t t = 0; t < code_.nr_tasks && findings_.empty(); ++t)
    if (is_runnable(threads_[t])) runnable[count++] = t;
  if (count == 0) return findings_.empty() && force_waiting() ? first_runnable() : scheduler;
  const std::size_t next = how_->pick(std::span{runnable}.first(count), task());
  threads_[next].now = status::ready;
  return next;
}

/// An await is as late as it can be: then fewest executions end in it.
std::size_t runtime::schedule_late_awaits() {
  for (std::size_t next = first_runnable();; next = first_runnable()) {
    if (next != scheduler) {
      threads_[next].now = status::ready;
      return next;
    }
    poll_awaiting();
    if (!findings_.empty() || (!wake_awaiting() && !force_waiting())) return scheduler;
  }
}

/// Makes an awaiting task ready whose predicate holds; false if there is none.
bool runtime::wake_awaiting() {
  for (std::size_t t = 0; t < code_.nr_tasks; ++t) {
    if (threads_[t].now != status::awaiting || !threads_[t].holds) continue;
    threads_[t].now = status::ready;
    return true;
  }
  return false;
}

/// Asks the awaiting tasks whether the latest values satisfy them.
void runtime::poll_awaiting() {
  if (polled_at_ == graph_->order().size()) return;
  polled_at_ = graph_->order().size();
  for (std::size_t t = 0; t < code_.nr_tasks && findings_.empty(); ++t)
    if (threads_[t].now == status::awaiting) resume(t);
}

/// Nobody can go on: lets one that waits add its event all the same, so that the other values it
/// might have seen are explored. Awaits first: what they do then may unlock a mutex.
bool runtime::force_waiting() {
  for (const status waiting : {status::awaiting, status::locking}) {
    for (std::size_t t = 0; t < code_.nr_tasks; ++t) {
      if (threads_[t].now != waiting) continue;
      threads_[t].now = status::ready;
      return true;
    }
  }
  return false;
}

/// Whether the tasks that are left wait for ever, rather than having read a value that was going to
/// be replaced.
bool runtime::is_stuck_for_good() const {
  for (std::size_t t = 0; t < code_.nr_tasks; ++t) {
    const thread_state& thread = threads_[t];
    if (thread.now != status::stopped || !thread.in_round) continue;
    for (std::size_t i = thread.round; i < graph_->size(t); ++i) {
      const event& e = graph_->thread(t)[i];
      if (e.reads() && e.reads_from != graph_->latest_write(e.location)) return false;
    }
  }
  return true;
}

engine_finding runtime::stuck() const {
  engine_finding found{.kind = finding_kind::deadlock, .what = "", .at = {}, .events = {}};
  for (std::size_t t = 0; t < code_.nr_tasks; ++t) {
    const thread_state& thread = threads_[t];
    if (thread.now == status::ended) continue;
    const bool awaits = thread.mutex == no_location;
    if (awaits) found.kind = finding_kind::no_progress;
    found.what += (found.what.empty() ? "task " : ", task ") + std::to_string(t) +
                  (awaits ? " awaits what nobody will do" : " waits for a mutex for ever");
    found.at = thread.at;
    if (thread.next > 0)
      found.events.push_back(
          {static_cast<std::uint16_t>(t), static_cast<std::uint16_t>(thread.next - 1)});
  }
  return found;
}

}  // namespace stockcheck::explore
