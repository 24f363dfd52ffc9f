// SPDX-License-Identifier: GPL-2.0-only
// Charging slab objects to a memory cgroup when they have been allocated, one or many at a time.
//
// Follows __memcg_slab_post_alloc_hook() and __memcg_slab_free_hook() of Linux 6.12 and 6.18, and
// "mm/memcontrol: batch memcg charging in __memcg_slab_post_alloc_hook", version 3 and the form
// that its review asked for.
#pragma once

#include "model/memcg/slab.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

namespace stockcheck::memcg {

/// How much is charged in one go.
enum class slab_batching : std::uint8_t {
  all_at_once,  ///< 6.12: all bytes, then each object is counted
  per_object,   ///< 6.18: each object is charged and counted
  run_length,   ///< version 3: a run of objects whose slabs are on one node
  batch_count,  ///< the review's: the same, shorter, and without batches where they might overflow
};

/// Over an obj_stock or a multi_obj_stock, which must outlive it. Amounts are bytes. Everything may
/// run concurrently with everything else, on other objects.
template <atomics_policy A, class Stock, slab_batching Batching>
class slab_charge {
 public:
  using objcg_type = obj_cgroup<A>;
  using slab_type = slab<A>;
  using object = slab_object<A>;
  using objects = std::span<const object>;

  /// `max_int` is the kernel's INT_MAX, or 2^n - 1 for a kernel whose ints are shorter.
  explicit slab_charge(Stock& stock, int max_int = std::numeric_limits<int>::max())
      : stock_(stock), max_int_(max_int) {}
  slab_charge(const slab_charge&) = delete;
  slab_charge& operator=(const slab_charge&) = delete;

  /// memcg_slab_post_alloc_hook(): charges what was allocated. False if a limit refused it; then
  /// nothing of it stays charged, and the caller frees the objects. Objects of a slab that gets no
  /// obj_exts are not charged, which is no failure. The caller has a reference to the obj_cgroup.
  bool post_alloc(objcg_type& objcg, const kmem_cache& cache, objects p) {
    if (hook(objcg, cache, p)) return true;
    // memcg_alloc_abort_single() has nothing to undo: the one object was not charged.
    if (p.size() > 1) free_bulk(cache, p);
    return false;
  }
  /// kmem_cache_free_bulk(), as far as charges go: of objects of any slabs of the cache.
  void free_bulk(const kmem_cache& cache, objects p) {
    for (const object& one : p) free_hook(cache, one);
  }

 private:
  static constexpr bool charges_first = Batching == slab_batching::all_at_once;

  /// Objects that are charged in one go.
  struct run {
    std::size_t length = 1;
    bool skip_next = false;  ///< the one behind them has no obj_exts: do not ask again
  };

  /// __memcg_slab_post_alloc_hook(). If it fails, the objects that are charged are marked, and no
  /// others.
  bool hook(objcg_type& objcg, const kmem_cache& cache, objects p) {
    const auto all = static_cast<unsigned>(cache.full_size * p.size());
    if (charges_first && stock_.charge(objcg, all) != 0) return false;
    for (std::size_t i = 0; i < p.size();) {
      if (lacks_obj_exts(*p[i].in)) {
        if (charges_first) stock_.uncharge(objcg, cache.full_size);
        ++i;
        continue;
      }
      const run now = run_at(objcg, cache, p, i);
      const int batch_bytes = as_int(cache.full_size * now.length);
      if (!charges_first && !charge(objcg, cache, batch_bytes, *p[i].in)) return false;
      mark(objcg, p.subspan(i, now.length));
      if (charges_first) stock_.account(objcg, batch_bytes, p[i].in->nid(), cache.stat);
      i += now.length + (now.skip_next ? 1 : 0);
    }
    return true;
  }
  /// The batch is passed on as it is, an int.
  bool charge(objcg_type& objcg, const kmem_cache& cache, int batch_bytes, const slab<A>& first) {
    const auto bytes = static_cast<unsigned>(batch_bytes);
    return stock_.charge_and_account(objcg, bytes, first.nid(), cache.stat) == 0;
  }

  /// Whether an object cannot be charged, for want of a place to write down by whom.
  static bool lacks_obj_exts(slab<A>& of) { return !of.has_obj_exts() && of.alloc_obj_exts() != 0; }

  /// The run that begins with an object that has obj_exts.
  run run_at(const objcg_type& objcg, const kmem_cache& cache, objects p, std::size_t i) {
    run found;
    const std::size_t end = end_of_runs(objcg, cache, p.size());
    for (std::size_t j = i + 1; j < end; ++j) {
      if (p[j].in->nid() != p[i].in->nid()) break;
      if (lacks_obj_exts(*p[j].in)) {
        found.skip_next = Batching == slab_batching::run_length;
        break;
      }
      ++found.length;
    }
    return found;
  }
  /// The index that no run goes beyond. Version 3 leaves room for the sum of a batch and of a page
  /// that may be counted already; the review does without batches where all objects together would
  /// be too much, and expects the sum to be looked at where it is made.
  [[nodiscard]] std::size_t end_of_runs(const objcg_type& objcg, const kmem_cache& cache,
                                        std::size_t size) const {
    const auto max_int = static_cast<std::size_t>(max_int_);
    if constexpr (Batching == slab_batching::run_length) {
      return std::min((max_int - objcg.page_size()) / cache.full_size, size);
    } else if constexpr (Batching == slab_batching::batch_count) {
      return cache.full_size * size > max_int ? 0 : size;
    } else {
      return 0;
    }
  }

  /// What is left of a number in the kernel's int.
  [[nodiscard]] int as_int(std::size_t number) const {
    const std::size_t all_ones = 2 * static_cast<std::size_t>(max_int_) + 1;
    const auto bits = static_cast<long>(number & all_ones);
    return static_cast<int>(bits > max_int_ ? bits - static_cast<long>(all_ones) - 1 : bits);
  }

  /// Each object gets a reference and the mark that it is charged.
  void mark(objcg_type& objcg, objects charged) {
    objcg.get(static_cast<long>(charged.size()));
    for (const object& one : charged) one.in->set_objcg(one.index, &objcg);
  }

  /// __memcg_slab_free_hook(): uncharges an object if it is marked.
  void free_hook(const kmem_cache& cache, const object& freed) {
    slab<A>& in = *freed.in;
    if (!in.has_obj_exts()) return;
    objcg_type* const objcg = in.objcg(freed.index);
    if (objcg == nullptr) return;
    in.set_objcg(freed.index, nullptr);
    if constexpr (charges_first) {
      stock_.uncharge(*objcg, cache.full_size);
      stock_.account(*objcg, -static_cast<long>(cache.full_size), in.nid(), cache.stat);
    } else {
      stock_.uncharge_and_account(*objcg, cache.full_size, in.nid(), cache.stat);
    }
    objcg->put();
  }

  Stock& stock_;
  int max_int_;
};

}  // namespace stockcheck::memcg
