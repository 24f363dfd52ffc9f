// SPDX-License-Identifier: GPL-2.0-only
// Optimal exploration: every consistent execution graph of a program, each exactly once (TruSt,
// Kokologiannakis et al., POPL 2022), with the updates of a location as single events.
//
// An execution goes on in the maximal way: a read takes the latest write, a write goes last. Every
// other choice is kept as an item of work. Memory is linear in the length of an execution.
#pragma once

#include "explore/memory_model.hpp"
#include "explore/strategy.hpp"

#include <memory>
#include <random>
#include <vector>

namespace stockcheck::explore {

class explorer final : public strategy {
 public:
  explorer(memory_model model, std::size_t nr_threads);

  /// Makes graph() the next one to run; false when nothing is left.
  bool next();
  /// The event that next() gave a new source, which then has to be checked again; or no_event.
  [[nodiscard]] event_id changed() const { return changed_; }
  /// The part of the work that is done, from 0 to 1. Every choice is taken for equally much work,
  /// so that this is a rough measure; it ends at 1.
  [[nodiscard]] double explored() const { return explored_; }
  /// As next(), but follows one alternative drawn at random and forgets the others; false at the
  /// end of such a descent, and after it starts over. sampled() then estimates the number of
  /// executions: Knuth, "Estimating the efficiency of backtrack programs", 1975. Unbiased, with a
  /// heavy tail.
  bool descend(std::mt19937_64& random);
  [[nodiscard]] double sampled() const { return sampled_; }

  execution_graph& graph() override { return top().graph; }
  event_id add(const request& what, std::size_t thread, bool awaited) override;

 private:
  enum class alternative : std::uint8_t {
    read,     ///< `of` reads from `other`
    place,    ///< `of` goes to `number` in coherence order, and `other`, if any, reads from it
    revisit,  ///< `of` revisits `other`
    choose,   ///< `of` chooses `number`
  };
  struct item {
    alternative kind = alternative::read;
    event_id of = no_event;
    event_id other = no_event;
    std::uint32_t number = 0;
    std::size_t cut = 0;  ///< the graph it belongs to has the events with stamps below
    double weight = 0;
  };
  struct node {
    explicit node(std::size_t nr_threads) : graph(nr_threads) {}
    execution_graph graph;
    std::vector<item> items;
  };

  node& top() { return *nodes_[depth_ - 1]; }
  node& push_node();
  void push(alternative kind, event_id of, event_id other, std::size_t number);
  void distribute_weight(bool ran);

  bool take_last_item();
  bool apply(const item& what);
  bool apply_read(event_id read, event_id write);
  bool apply_place(event_id write, std::size_t co_index, event_id revisited);
  void apply_revisit(event_id write, event_id read);
  bool apply_choice(event_id choice, std::uint32_t number);

  void add_store(event_id store);
  void add_read(event_id read);
  void push_placements(event_id store, event_id revisited);
  void set_source(event_id read, event_id write);
  void detach(event_id read);
  /// Pushes the revisits of a write that is not placed. `conflict` is another update of its source.
  void push_revisits(event_id write, event_id conflict);
  bool consistent(event_id changed);

  memory_model model_;
  std::size_t nr_threads_;
  std::vector<std::unique_ptr<node>> nodes_;  ///< nodes behind depth_ are kept for re-use
  std::size_t depth_ = 0;
  event_id changed_ = no_event;
  std::size_t first_new_item_ = 0;
  double weight_ = 1;  ///< the weight of the item in progress
  double explored_ = 0;
  double sampled_ = 0;
};

}  // namespace stockcheck::explore
