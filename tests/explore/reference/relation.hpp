// SPDX-License-Identifier: GPL-2.0-only
// Relations over at most 64 nodes as bit matrices, with the algebra that axioms are written in.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <stdexcept>

namespace stockcheck::explore::reference {

/// A set of nodes, one bit each.
using node_set = std::uint64_t;

inline constexpr std::size_t max_nodes = 64;

inline constexpr node_set only(std::size_t node) { return node_set{1} << node; }

/// A relation over the nodes 0 .. size()-1: row(a) has the nodes that `a` is related to.
class relation {
 public:
  explicit relation(std::size_t size) : size_{size} {
    if (size > max_nodes) throw std::length_error{"more than 64 nodes in a relation"};
    for (std::size_t node = 0; node < size; ++node) rows_[node] = 0;
  }

  std::size_t size() const { return size_; }
  node_set& row(std::size_t from) { return rows_[from]; }
  node_set row(std::size_t from) const { return rows_[from]; }
  bool has(std::size_t from, std::size_t to) const { return (rows_[from] >> to & 1) != 0; }
  void add(std::size_t from, std::size_t to) { rows_[from] |= only(to); }

  relation& operator|=(const relation& other) {
    for (std::size_t node = 0; node < size_; ++node) rows_[node] |= other.rows_[node];
    return *this;
  }

  friend relation operator|(relation left, const relation& right) { return left |= right; }

  /// Composition: a to c wherever a to b in this and b to c in `next`.
  relation then(const relation& next) const {
    relation result{size_};
    for (std::size_t node = 0; node < size_; ++node) {
      for (node_set rest = rows_[node]; rest != 0; rest &= rest - 1) {
        result.rows_[node] |= next.rows_[static_cast<std::size_t>(std::countr_zero(rest))];
      }
    }
    return result;
  }

  /// The pairs whose first node is in `from`.
  relation starting_in(node_set from) const {
    relation result{*this};
    for (std::size_t node = 0; node < size_; ++node) {
      if ((from & only(node)) == 0) result.rows_[node] = 0;
    }
    return result;
  }

  /// The pairs whose second node is in `to`.
  relation ending_in(node_set to) const {
    relation result{*this};
    for (std::size_t node = 0; node < size_; ++node) result.rows_[node] &= to;
    return result;
  }

  relation transitive_closure() const {
    relation result{*this};
    for (std::size_t middle = 0; middle < size_; ++middle) {
      for (std::size_t node = 0; node < size_; ++node) {
        if (result.has(node, middle)) result.rows_[node] |= result.rows_[middle];
      }
    }
    return result;
  }

  /// This and every node to itself.
  relation reflexive() const {
    relation result{*this};
    for (std::size_t node = 0; node < size_; ++node) result.rows_[node] |= only(node);
    return result;
  }

  bool irreflexive() const {
    for (std::size_t node = 0; node < size_; ++node) {
      if (has(node, node)) return false;
    }
    return true;
  }

  bool acyclic() const { return transitive_closure().irreflexive(); }

 private:
  std::size_t size_;
  std::array<node_set, max_nodes> rows_;
};

/// The relation of every node of `nodes` to itself.
inline relation identity_on(node_set nodes, std::size_t size) {
  relation result{size};
  for (std::size_t node = 0; node < size; ++node) result.row(node) = nodes & only(node);
  return result;
}

}  // namespace stockcheck::explore::reference
