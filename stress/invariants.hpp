// SPDX-License-Identifier: GPL-2.0-only
// What must hold of a hierarchy while nobody touches it.
#pragma once

#include "report/result.hpp"
#include "stress/hierarchy.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <optional>
#include <vector>

namespace stockcheck::stress {

/// A promise broken at one counter.
template <class Node>
report::finding broken(oracle kind, const char* what, const Node& at,
                       const std::vector<report::number>& numbers) {
  return {.kind = kind, .what = fmt::format("{}: {}", at.label, what), .numbers = numbers};
}

/// 0 <= stock <= batch on every CPU. Holds for chargers that never share a CPU and never migrate;
/// otherwise the algorithm caps nothing. `pages` becomes the sum over the CPUs.
template <class Node>
std::optional<report::finding> check_stock(const Node& node, unsigned nr_cpus, long& pages) {
  const auto batch = static_cast<long>(node.stock.batch());
  pages = 0;
  for (unsigned cpu = 0; cpu < nr_cpus; ++cpu) {
    const long stock = node.stock.pages(cpu);
    if (stock < 0 || stock > batch)
      return broken(oracle::stock_bound, "a CPU's stock is not between 0 and the batch", node,
                    {{"cpu", static_cast<long>(cpu)}, {"stock", stock}, {"batch", batch}});
    pages += stock;
  }
  return std::nullopt;
}

/// Checks stock bound, conservation, underflow and overcharge of every counter and returns the
/// first that is broken. `held` is what users hold of each counter itself, in pages. All charges
/// must have gone through try_charge() and all changes of limits through set_max(), so that no
/// usage may be above its limit.
template <class Subject>
std::optional<report::finding> check_invariants(const hierarchy<Subject>& tree,
                                                std::vector<long> held, unsigned nr_cpus) {
  // From the leaves up, because what is charged to a counter is charged to its ancestors.
  std::vector<long> stock(tree.size(), 0);
  for (std::size_t i = tree.size(); i-- > 0;) {
    const auto& node = tree[i];
    long own_stock = 0;
    if (auto found = check_stock(node, nr_cpus, own_stock)) return found;
    stock[i] += own_stock;
    if (node.parent_index) {
      held[*node.parent_index] += held[i];
      stock[*node.parent_index] += stock[i];
    }

    const auto usage = static_cast<long>(node.counter.read());
    const auto max = static_cast<long>(node.counter.max());
    if (usage < 0) return broken(oracle::underflow, "usage is below 0", node, {{"usage", usage}});
    if (usage != held[i] + stock[i])
      return broken(oracle::conservation, "usage is not what is held plus what is in stocks", node,
                    {{"usage", usage}, {"held", held[i]}, {"stock", stock[i]}});
    if (usage > max)
      return broken(oracle::overcharge, "usage is above the limit though no charge ignored it",
                    node, {{"usage", usage}, {"max", max}});
  }
  return std::nullopt;
}

/// Whether any counter has usage after everything was uncharged and drained.
template <class Subject>
std::optional<report::finding> check_leak(const hierarchy<Subject>& tree) {
  for (std::size_t i = tree.size(); i-- > 0;) {
    const auto usage = static_cast<long>(tree[i].counter.read());
    if (usage != 0)
      return broken(oracle::leak, "usage is left after everything was uncharged and drained",
                    tree[i], {{"usage", usage}});
  }
  return std::nullopt;
}

}  // namespace stockcheck::stress
