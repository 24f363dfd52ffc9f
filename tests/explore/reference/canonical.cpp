// SPDX-License-Identifier: GPL-2.0-only
// Hashing and showing canonical executions.
#include "tests/explore/reference/canonical.hpp"

#include <fmt/format.h>

namespace stockcheck::explore::reference {
namespace {

std::string name(event_reference event) {
  return event == initial_write ? "init" : fmt::format("{}.{}", event.thread, event.index);
}

std::string to_string(const graph_event& event) {
  switch (event.kind) {
    case event_kind::read:
      return fmt::format("R{}={}({})", event.location, event.read, name(event.from));
    case event_kind::write: return fmt::format("W{}={}", event.location, event.written);
    case event_kind::update:
      return fmt::format("U{}={}({})->{}", event.location, event.read, name(event.from),
                         event.written);
    case event_kind::fence: return "F";
    case event_kind::choice: return fmt::format("C={}", event.read);
  }
  return "?";
}

}  // namespace

std::size_t hash_of(const canonical_graph& graph) {
  // FNV-1a over every number, with the lengths so that no two shapes run together.
  std::size_t hash = 0xcbf29ce484222325U;
  const auto mix = [&hash](std::size_t number) { hash = (hash ^ number) * 0x100000001b3U; };
  for (const auto& events : graph.threads) {
    mix(events.size());
    for (const graph_event& event : events) {
      mix(static_cast<std::size_t>(event.kind));
      mix(event.location);
      mix(event.from.thread);
      mix(event.from.index);
      mix(event.read);
      mix(event.written);
    }
  }
  for (const auto& writes : graph.modification_order) {
    mix(writes.size());
    for (const event_reference write : writes) {
      mix(write.thread);
      mix(write.index);
    }
  }
  return hash ^ (hash >> 32);
}

std::string to_string(const canonical_graph& graph) {
  std::string text;
  for (std::size_t thread = 0; thread < graph.threads.size(); ++thread) {
    text += fmt::format("thread {}:", thread);
    for (const graph_event& event : graph.threads[thread]) text += ' ' + to_string(event);
    text += '\n';
  }
  for (std::size_t location = 0; location < graph.modification_order.size(); ++location) {
    text += fmt::format("location {}: init", location);
    for (const event_reference write : graph.modification_order[location]) {
      text += " < " + name(write);
    }
    text += '\n';
  }
  return text;
}

}  // namespace stockcheck::explore::reference
