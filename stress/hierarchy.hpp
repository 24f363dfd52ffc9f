// SPDX-License-Identifier: GPL-2.0-only
// The counters of a stress run: a tree, each counter with its stock, and how they are connected.
#pragma once

#include "model/atomics/violation.hpp"
#include "stress/run_options.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace stockcheck::stress {

/// A chain of counters and the groups below it; see stress::run_options. Counters are numbered so
/// that a parent comes before its children. The machine they are for must be the calling thread's.
template <class Subject>
class hierarchy {
 public:
  using page_counter = typename Subject::page_counter;
  using page_counter_stock = typename Subject::page_counter_stock;

  struct node {
    node(std::string name, std::optional<std::size_t> above, page_counter* parent)
        : label(std::move(name)), parent_index(above), counter(parent, false, label.c_str()) {}

    std::string label;
    std::optional<std::size_t> parent_index;
    page_counter counter;
    page_counter_stock stock{counter};
  };

  /// Throws std::bad_alloc if a stock cannot be had.
  explicit hierarchy(const run_options& how) : nr_cpus_(how.all_threads()) {
    std::optional<std::size_t> parent;
    for (unsigned level = 0; level + 1 < how.depth; ++level)
      parent = add(fmt::format("level {}", level), parent);
    for (unsigned group = 0; group < how.groups; ++group)
      leaves_.push_back(add(fmt::format("group {}", group), parent));
    for (auto& n : nodes_) {
      if (n->stock.alloc(static_cast<unsigned>(how.batch)) != 0) throw std::bad_alloc();
      n->counter.set_max(how.highest_limit());
    }
  }

  hierarchy(const hierarchy&) = delete;
  hierarchy& operator=(const hierarchy&) = delete;
  /// Frees what free_stocks() did not, without looking at what the counters say.
  ~hierarchy() {
    for (auto& n : nodes_) free_whatever_it_holds(n->stock);
  }

  /// Drains and frees every stock, children before parents.
  void free_stocks() {
    for (std::size_t i = nodes_.size(); i-- > 0;) nodes_[i]->stock.free();
  }

  [[nodiscard]] std::size_t size() const { return nodes_.size(); }
  node& operator[](std::size_t i) { return *nodes_[i]; }
  const node& operator[](std::size_t i) const { return *nodes_[i]; }

  /// From a group up to the root: what a charge to that group is charged to. `i` wraps around.
  [[nodiscard]] std::vector<std::size_t> path_from_group(std::size_t i) const {
    std::vector<std::size_t> path;
    for (std::optional<std::size_t> n = leaves_[i % leaves_.size()]; n;
         n = nodes_[*n]->parent_index)
      path.push_back(*n);
    return path;
  }

 private:
  /// After a finding the counters are wrong, and draining a CPU may find that again. It has emptied
  /// the stock of that CPU by then, so that there is one less to drain each time.
  void free_whatever_it_holds(page_counter_stock& stock) const {
    for (unsigned attempt = 0; attempt <= nr_cpus_; ++attempt) try {
        stock.free();
        return;
      } catch (const violation&) {
        continue;
      }
  }

  std::size_t add(std::string label, std::optional<std::size_t> parent) {
    page_counter* const above = parent ? &nodes_[*parent]->counter : nullptr;
    nodes_.push_back(std::make_unique<node>(std::move(label), parent, above));
    return nodes_.size() - 1;
  }

  unsigned nr_cpus_;
  std::vector<std::unique_ptr<node>> nodes_;
  std::vector<std::size_t> leaves_;
};

}  // namespace stockcheck::stress
