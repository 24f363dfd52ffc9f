// SPDX-License-Identifier: GPL-2.0-only
// An event of an execution graph: an operation, what it read and wrote, and what comes before it.
#pragma once

#include "explore/request.hpp"
#include "explore/view.hpp"

namespace stockcheck::explore {

enum class event_kind : std::uint8_t {
  read,    ///< a load, or a read-modify-write that did not write
  write,   ///< a store
  update,  ///< a read-modify-write that wrote: one event
  fence,
  choice,
  lifetime,  ///< a block begins or ends to live
};

struct event : request {
  event_id id = no_event;
  event_kind kind = event_kind::fence;
  bool non_maximal = false;  ///< added in another way than by the latest write (TruSt 3.3)
  event_id reads_from = no_event;
  std::uint32_t stamp = 0;       ///< place in the order in which the graph was built
  std::uint32_t co_index = 0;    ///< a write's place in the location's coherence order
  std::uint64_t read_value = 0;  ///< also the number that was chosen
  std::uint64_t written_value = 0;

  view happens_before;  ///< events that happen before it, and itself
  view porf;            ///< its prefix by program order and reads-from, and itself
  view released;        ///< what a reader of this write synchronises with
  view fence_released;  ///< what a later relaxed write of the thread releases
  view fence_acquired;  ///< what a later acquire fence of the thread acquires

  [[nodiscard]] bool reads() const {
    return kind == event_kind::read || kind == event_kind::update;
  }
  [[nodiscard]] bool writes() const {
    return kind == event_kind::write || kind == event_kind::update;
  }
  /// A failed compare-exchange is a load of the failure order.
  [[nodiscard]] memory_order effective_order() const {
    return kind == event_kind::read && op != operation::load ? failure_order : order;
  }
  [[nodiscard]] bool is_full() const { return effective_order() == memory_order::full; }
};

}  // namespace stockcheck::explore
