// SPDX-License-Identifier: GPL-2.0-only
#include "explore/walker.hpp"

#include "explore/synchronisation.hpp"

#include <vector>

namespace stockcheck::explore {

namespace {

event_kind kind_without_access(operation op) {
  if (op == operation::fence) return event_kind::fence;
  return op == operation::choose ? event_kind::choice : event_kind::lifetime;
}

}  // namespace

walker::walker(const settings& how, std::size_t nr_threads)
    : model_(how.model),
      only_latest_(how.model == memory_model::sc &&
                   (how.search == search::preemptions || how.search == search::switches)),
      graph_(nr_threads),
      decide_(make_decisions(how)) {}

bool walker::next() {
  graph_.clear();
  return decide_->begin();
}

std::size_t walker::pick(std::span<const std::size_t> runnable, std::size_t last) {
  return decide_->pick_task(runnable, last);
}

event_id walker::add(const request& what, std::size_t thread, bool awaited) {
  event& e = graph_.append(thread, what);
  const event_id id = e.id;
  if (!is_access(what.op)) {
    e.kind = kind_without_access(what.op);
    if (e.kind == event_kind::choice) e.read_value = decide_->pick_value(what.operand);
    compute_views(graph_, e);
  } else if (has_read(what.op)) {
    pick_source(id, only_latest_ || awaited || what.op == operation::lock);
  } else {
    e.kind = event_kind::write;
    e.written_value = e.operand;
    compute_views(graph_, e);
    pick_place(id);
  }
  return id;
}

/// Gives a read this source; false, and as before, if the model does not allow it.
bool walker::try_source(event_id read, event_id write) {
  event& e = graph_[read];
  e.reads_from = write;
  e.read_value = graph_.value_of(write, e.location);
  const bool update = writes_after(e, e.read_value);
  if (update && !graph_.update_of(write, e.location, read).is_none()) {
    e.reads_from = no_event;
    return false;
  }
  e.kind = update ? event_kind::update : event_kind::read;
  compute_views(graph_, e);
  if (update) {
    e.written_value = written_after(e, e.read_value);
    graph_.place(read, static_cast<std::size_t>(graph_.co_index(write) + 1));
  }
  if (is_consistent(model_, graph_, read)) return true;
  if (update) graph_.unplace(read);
  e.kind = event_kind::read;
  e.reads_from = no_event;
  return false;
}

void walker::pick_source(event_id read, bool latest) {
  event& e = graph_[read];
  e.kind = event_kind::read;
  std::vector<event_id> sources;
  const auto& writes = graph_.at(e.location).coherence;
  if (!latest) {
    std::vector<event_id> candidates{initial_write};
    candidates.insert(candidates.end(), writes.begin(), writes.end());
    candidates.pop_back();  // the latest one is always allowed
    for (const event_id write : candidates) {
      if (!try_source(read, write)) continue;
      sources.push_back(write);
      if (e.writes()) graph_.unplace(read);
      e.kind = event_kind::read;
      e.reads_from = no_event;
    }
  }
  sources.push_back(graph_.latest_write(e.location));
  // The latest first: number 0 is what an interleaving would read.
  try_source(read, sources[sources.size() - 1 - decide_->pick_value(sources.size())]);
}

void walker::pick_place(event_id store) {
  const event& e = graph_[store];
  const std::size_t last = graph_.at(e.location).coherence.size();
  std::vector<std::size_t> places{last};
  for (std::size_t place = only_latest_ ? 0 : last; place-- > 0;) {
    const auto& writes = graph_.at(e.location).coherence;
    if (graph_[writes[place]].kind == event_kind::update) continue;
    graph_.place(store, place);
    if (is_consistent(model_, graph_, store)) places.push_back(place);
    graph_.unplace(store);
  }
  graph_.place(store, places[decide_->pick_value(places.size())]);
}

}  // namespace stockcheck::explore
