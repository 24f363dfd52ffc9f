// SPDX-License-Identifier: GPL-2.0-only
// Executions that are picked, not derived: at random, or all within a bound of preemptions.
//
// A walker interleaves the tasks, one event after the other, and takes for each read one of the
// writes that the memory model lets it see, and for each write a place that the model allows. Any
// consistent graph can be built like that; the same graph is met many times.
#pragma once

#include "explore/decisions.hpp"
#include "explore/exploration.hpp"
#include "explore/strategy.hpp"

namespace stockcheck::explore {

class walker final : public strategy {
 public:
  walker(const settings& how, std::size_t nr_threads);

  /// Makes graph() an empty one; false when every execution within the bound was there.
  bool next();
  [[nodiscard]] double explored() const { return 0; }

  execution_graph& graph() override { return graph_; }
  event_id add(const request& what, std::size_t thread, bool awaited) override;
  [[nodiscard]] bool interleaves() const override { return true; }
  std::size_t pick(std::span<const std::size_t> runnable, std::size_t last) override;

 private:
  void pick_source(event_id read, bool latest);
  void pick_place(event_id store);
  bool try_source(event_id read, event_id write);

  memory_model model_;
  /// Bounded under SC: what is bounded are interleavings, and in one nobody reads an older value.
  bool only_latest_;
  execution_graph graph_;
  std::unique_ptr<decisions> decide_;
};

/// Runs a graph as it is.
class replayer final : public strategy {
 public:
  explicit replayer(execution_graph& graph) : graph_(graph) {}

  execution_graph& graph() override { return graph_; }
  event_id add(const request&, std::size_t, bool) override { return no_event; }

 private:
  execution_graph& graph_;
};

}  // namespace stockcheck::explore
