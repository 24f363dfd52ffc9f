// SPDX-License-Identifier: GPL-2.0-only
// Adding to executions under construction, and turning them into the forms that are compared.
#include "tests/explore/reference/partial_graph.hpp"

#include <algorithm>
#include <stdexcept>

namespace stockcheck::explore::reference {

partial_graph::partial_graph(const litmus_program& program)
    : thread_count_{program.threads.size()}, location_count_{program.locations} {
  if (thread_count_ > max_threads || location_count_ > max_locations) {
    throw std::length_error{"a program with too many threads or locations"};
  }
}

void partial_graph::append(std::size_t thread, const partial_event& added) {
  if (lengths_[thread] == max_events) throw std::length_error{"a thread with too many events"};
  events_[id(thread, lengths_[thread])] = added;
  ++lengths_[thread];
}

void partial_graph::place(event_id which, std::size_t rank) {
  const std::size_t location = events_[which].location;
  if (write_counts_[location] == max_writes) {
    throw std::length_error{"a location with too many writes"};
  }
  const auto at = order_[location].begin() + static_cast<std::ptrdiff_t>(rank);
  const auto end = order_[location].begin() + write_counts_[location];
  std::copy_backward(at, end, end + 1);
  *at = which;
  ++write_counts_[location];
}

std::string partial_graph::key() const {
  // What is left out follows from these by running the program.
  std::string bytes;
  const auto put = [&bytes](std::size_t byte) { bytes.push_back(static_cast<char>(byte)); };
  for (std::size_t thread = 0; thread < thread_count_; ++thread) {
    put(lengths_[thread]);
    for (std::size_t index = 0; index < lengths_[thread]; ++index) {
      const partial_event& event = events_[id(thread, index)];
      if (event.kind == event_kind::choice) put(event.read);
      if (event.kind == event_kind::read || event.kind == event_kind::update) put(event.from);
    }
  }
  for (std::size_t location = 0; location < location_count_; ++location) {
    put(write_counts_[location]);
    for (std::size_t rank = 0; rank < write_counts_[location]; ++rank) put(write(location, rank));
  }
  return bytes;
}

canonical_graph partial_graph::canonical() const {
  const auto reference = [](event_id event) {
    return event == from_initial ? initial_write
                                 : event_reference{static_cast<std::uint32_t>(thread_of(event)),
                                                   static_cast<std::uint32_t>(index_of(event))};
  };
  canonical_graph graph;
  graph.threads.resize(thread_count_);
  for (std::size_t thread = 0; thread < thread_count_; ++thread) {
    for (std::size_t index = 0; index < lengths_[thread]; ++index) {
      const partial_event& event = events_[id(thread, index)];
      graph.threads[thread].push_back({.kind = event.kind,
                                       .location = event.location,
                                       .from = reference(event.from),
                                       .read = event.read,
                                       .written = event.written});
    }
  }
  graph.modification_order.resize(location_count_);
  for (std::size_t location = 0; location < location_count_; ++location) {
    for (std::size_t rank = 0; rank < write_counts_[location]; ++rank) {
      graph.modification_order[location].push_back(reference(write(location, rank)));
    }
  }
  return graph;
}

}  // namespace stockcheck::explore::reference
