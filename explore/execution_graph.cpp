// SPDX-License-Identifier: GPL-2.0-only
#include "explore/execution_graph.hpp"

#include <algorithm>

namespace stockcheck::explore {

event_id execution_graph::latest_write(location_id location) const {
  const auto& writes = locations_[location].coherence;
  return writes.empty() ? initial_write : writes.back();
}

event_id execution_graph::update_of(event_id write, location_id location, event_id except) const {
  for (const event_id id : locations_[location].all) {
    const event& e = (*this)[id];
    if (e.kind == event_kind::update && e.reads_from == write && id != except) return id;
  }
  return no_event;
}

void execution_graph::use(location_id location, const origin& begin) {
  if (location >= locations_.size()) locations_.resize(location + 1);
  if (locations_[location].all.empty()) locations_[location].begin = begin;
}

void execution_graph::count(const event& e, int by) {
  if (e.order >= memory_order::seq_cst || e.failure_order >= memory_order::seq_cst) nr_sc_ += by;
}

event& execution_graph::append(std::size_t thread, const request& what) {
  event& added = threads_[thread].emplace_back();
  static_cast<request&>(added) = what;
  added.id = {static_cast<std::uint16_t>(thread),
              static_cast<std::uint16_t>(threads_[thread].size() - 1)};
  added.stamp = static_cast<std::uint32_t>(order_.size());
  order_.push_back(added.id);
  count(added, 1);
  if (is_access(added.op)) {
    accesses& at = locations_[added.location];
    if (at.all.empty()) used_.push_back(added.location);
    at.all.push_back(added.id);
    if (added.order == memory_order::plain) ++at.nr_plain;
  } else if (added.op == operation::release) {
    releases_.push_back(added.id);
  }
  return added;
}

void execution_graph::place(event_id write, std::size_t co_index) {
  auto& writes = locations_[(*this)[write].location].coherence;
  if (co_index == writes.size()) {
    (*this)[write].co_index = static_cast<std::uint32_t>(co_index);
    writes.push_back(write);
    return;
  }
  writes.insert(writes.begin() + static_cast<std::ptrdiff_t>(co_index), write);
  for (std::size_t i = co_index; i < writes.size(); ++i)
    (*this)[writes[i]].co_index = static_cast<std::uint32_t>(i);
}

void execution_graph::unplace(event_id write) {
  const event& e = (*this)[write];
  auto& writes = locations_[e.location].coherence;
  if (e.co_index >= writes.size() || writes[e.co_index] != write) return;
  const std::size_t from = e.co_index;
  if (from + 1 == writes.size()) {
    writes.pop_back();
    return;
  }
  writes.erase(writes.begin() + static_cast<std::ptrdiff_t>(from));
  for (std::size_t i = from; i < writes.size(); ++i)
    (*this)[writes[i]].co_index = static_cast<std::uint32_t>(i);
}

void execution_graph::cut(std::size_t stamp) {
  while (order_.size() > stamp) {
    const event_id id = order_.back();
    const event& e = (*this)[id];
    count(e, -1);
    if (is_access(e.op)) {
      if (e.writes()) unplace(id);
      accesses& at = locations_[e.location];
      at.all.pop_back();
      if (e.order == memory_order::plain) --at.nr_plain;
      if (at.all.empty()) std::erase(used_, e.location);
    } else if (e.op == operation::release) {
      releases_.pop_back();
    }
    order_.pop_back();
    threads_[id.thread].pop_back();
  }
}

void execution_graph::clear() {
  for (const location_id location : used_) {
    locations_[location].all.clear();
    locations_[location].coherence.clear();
    locations_[location].nr_plain = 0;
  }
  used_.clear();
  for (auto& thread : threads_) thread.clear();
  order_.clear();
  releases_.clear();
  nr_sc_ = 0;
}

namespace {

bool is_kept(event_id id, const execution_graph::prefixes& keep) {
  return id.index < keep[id.thread];
}

/// The two may be the same.
void assign_kept(std::vector<event_id>& to, const std::vector<event_id>& from,
                 const execution_graph::prefixes& keep) {
  if (&to != &from) to.resize(from.size());
  std::size_t size = 0;
  for (const event_id id : from)
    if (is_kept(id, keep)) to[size++] = id;
  to.resize(size);
}

}  // namespace

void execution_graph::assign_prefixes(const execution_graph& from, const prefixes& keep) {
  if (&from != this) {
    clear();
    nr_threads_ = from.nr_threads_;
    if (locations_.size() < from.locations_.size()) locations_.resize(from.locations_.size());
    for (std::size_t t = 0; t < nr_threads_; ++t)
      threads_[t].assign(from.threads_[t].begin(),
                         from.threads_[t].begin() + static_cast<std::ptrdiff_t>(keep[t]));
    used_ = from.used_;
    for (const location_id location : used_) locations_[location].begin = from.at(location).begin;
  } else {
    for (std::size_t t = 0; t < nr_threads_; ++t) threads_[t].resize(keep[t]);
  }
  assign_kept(order_, from.order_, keep);
  assign_kept(releases_, from.releases_, keep);
  nr_sc_ = 0;
  for (std::size_t i = 0; i < order_.size(); ++i) {
    event& e = (*this)[order_[i]];
    e.stamp = static_cast<std::uint32_t>(i);
    count(e, 1);
  }
  std::erase_if(used_, [&](location_id l) { return !assign_location(from.at(l), l, keep); });
}

/// False if nothing of the location is kept.
bool execution_graph::assign_location(const accesses& from, location_id location,
                                      const prefixes& keep) {
  accesses& to = locations_[location];
  to.nr_plain = from.nr_plain;
  assign_kept(to.all, from.all, keep);
  assign_kept(to.coherence, from.coherence, keep);
  for (std::size_t i = 0; i < to.coherence.size(); ++i)
    (*this)[to.coherence[i]].co_index = static_cast<std::uint32_t>(i);
  if (to.nr_plain > 0)
    to.nr_plain = static_cast<unsigned>(std::ranges::count_if(
        to.all, [this](event_id id) { return (*this)[id].order == memory_order::plain; }));
  return !to.all.empty();
}

}  // namespace stockcheck::explore
