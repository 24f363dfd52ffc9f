// SPDX-License-Identifier: GPL-2.0-only
// Vector clocks of C++20: release sequences are continued by updates alone.
#include "tests/explore/reference/happens_before_clocks.hpp"

#include <algorithm>

namespace stockcheck::explore::reference {
namespace {

bool acquires(memory_order order) {
  return order == memory_order::acquire || order == memory_order::acq_rel ||
         order >= memory_order::seq_cst;
}

bool releases(memory_order order) { return order >= memory_order::release; }

}  // namespace

void happens_before_clocks::follow(event_reference place, const graph_event& event,
                                   memory_order order) {
  thread_clocks& thread = threads_[place.thread];
  const bool full = order == memory_order::full;
  const bool is_access = event.kind == event_kind::read || event.kind == event_kind::write ||
                         event.kind == event_kind::update;
  // The barrier before the access covers what came before this event alone.
  if (is_access && full) follow_fence(thread, order);
  if (full) order = is_access ? memory_order::acq_rel : memory_order::seq_cst;

  if (event.from != initial_write) {
    const clock& message = messages_.at(event.from);
    if (order != memory_order::plain) join(thread.read, message);
    if (acquires(order)) join(thread.before, message);
  }
  // What an access acquires itself happens before it.
  if (is_access) check_races(place, event, order);
  thread.before[place.thread] = place.index + 1;
  if (event.kind == event_kind::fence) follow_fence(thread, order);
  if (event.kind == event_kind::write || event.kind == event_kind::update) {
    clock message = releases(order) ? thread.before : thread.released;
    if (order == memory_order::plain) message.assign(message.size(), 0);
    if (event.from != initial_write) join(message, messages_.at(event.from));
    messages_[place] = message;
  }
  if (is_access && full) follow_fence(thread, memory_order::seq_cst);
}

void happens_before_clocks::join(clock& into, const clock& other) {
  for (std::size_t thread = 0; thread < into.size(); ++thread) {
    into[thread] = std::max(into[thread], other[thread]);
  }
}

void happens_before_clocks::follow_fence(thread_clocks& thread, memory_order order) {
  if (acquires(order)) join(thread.before, thread.read);
  if (releases(order)) thread.released = thread.before;
}

void happens_before_clocks::check_races(event_reference place, const graph_event& event,
                                        memory_order order) {
  const clock& before = threads_[place.thread].before;
  const bool writes = event.kind != event_kind::read;
  for (const access& earlier : accesses_[event.location]) {
    const bool conflict = writes || earlier.writes;
    const bool reported = (order == memory_order::plain || earlier.order == memory_order::plain) &&
                          order != memory_order::racy && earlier.order != memory_order::racy;
    const bool ordered =
        earlier.place.thread == place.thread || before[earlier.place.thread] > earlier.place.index;
    if (conflict && reported && !ordered) race_seen_ = true;
  }
  accesses_[event.location].push_back({place, order, writes});
}

}  // namespace stockcheck::explore::reference
