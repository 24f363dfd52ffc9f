// SPDX-License-Identifier: GPL-2.0-only
// Scenarios: slab objects are charged in bulk, and something fails in the middle.
#pragma once

#include "checks/slab/slab_charge_scenario.hpp"

namespace stockcheck::checks {

// No obj_exts -----------------------------------------------------------------------------------

/// One slab of those that objects are allocated from may get no obj_exts.
template <class Base>
struct slab_without_obj_exts : Base {
  slab_without_obj_exts() {
    this->alloc({this->node1[3]});
    this->obj_exts_may_fail();
  }
  void task(unsigned number) {
    if (number == 0) {
      this->alloc({this->node0[0], this->also_node0[0], this->node0[1]});
    } else {
      this->free({this->node1[3]});
    }
  }
};

template <class S>
struct slab_obj_exts_per_object
    : slab_without_obj_exts<slab_on_slots<S, memcg::slab_batching::per_object>> {
  static constexpr scenario_info info{
      .name = "slab_charge/obj_exts_per_object",
      .summary = "6.18: a slab may get no obj_exts; its object stays uncharged.",
      .task_list = {{{"alloc 3, one may stay uncharged"}, {"free 1", {.cpu = 1}}}},
  };
};

template <class S>
struct slab_obj_exts_run_length
    : slab_without_obj_exts<slab_on_slots<S, memcg::slab_batching::run_length>> {
  static constexpr scenario_info info{
      .name = "slab_charge/obj_exts_run_length",
      .summary = "A slab may get no obj_exts: the run ends before its object, which is skipped.",
      .task_list = {{{"alloc 3, one may stay uncharged"}, {"free 1", {.cpu = 1}}}},
  };
};

template <class S>
struct slab_obj_exts_batch_count
    : slab_without_obj_exts<slab_on_one_slot<S, memcg::slab_batching::batch_count>> {
  static constexpr scenario_info info{
      .name = "slab_charge/obj_exts_batch_count",
      .summary =
          "A slab may get no obj_exts: the batch ends before its object, for which they are asked "
          "for again.",
      .task_list = {{{"alloc 3, one may stay uncharged"}, {"free 1", {.cpu = 1}}}},
  };
};

// A limit ---------------------------------------------------------------------------------------

/// Four objects need two pages; the limit leaves one. The other CPU frees an object, and with it a
/// page of its stock, perhaps in time.
template <class Base>
struct slab_refused : Base {
  slab_refused() {
    this->obj_exts_exist();
    this->on_cpu(1, [this] { this->alloc({this->node1[1], this->node1[2], this->node1[3]}); });
    this->a.memcg().memory.set_max(3);
  }
  void task(unsigned number) {
    if (number == 0) {
      this->alloc({this->node0[0], this->node0[1], this->node1[0], this->also_node0[0]});
    } else {
      this->free({this->node1[3]});
    }
  }
};

template <class S>
struct slab_refused_per_object : slab_refused<slab_on_slots<S, memcg::slab_batching::per_object>> {
  static constexpr scenario_info info{
      .name = "slab_charge/refused_per_object",
      .summary = "6.18: an object is refused, and those before it are uncharged.",
      .task_list = {{{"alloc 4, perhaps refused"}, {"free 1", {.cpu = 1}}}},
  };
};

template <class S>
struct slab_refused_run_length : slab_refused<slab_on_slots<S, memcg::slab_batching::run_length>> {
  static constexpr scenario_info info{
      .name = "slab_charge/refused_run_length",
      .summary = "A run is refused, and the objects of the one before it are uncharged.",
      .task_list = {{{"alloc 4, perhaps refused"}, {"free 1", {.cpu = 1}}}},
  };
};

template <class S>
struct slab_refused_batch_count
    : slab_refused<slab_on_one_slot<S, memcg::slab_batching::batch_count>> {
  static constexpr scenario_info info{
      .name = "slab_charge/refused_batch_count",
      .summary = "A batch is refused, and the objects of the one before it are uncharged.",
      .task_list = {{{"alloc 4, perhaps refused"}, {"free 1", {.cpu = 1}}}},
  };
};

template <class S>
struct slab_refused_single : slab_on_slots<S, memcg::slab_batching::run_length> {
  static constexpr scenario_info info{
      .name = "slab_charge/refused_single",
      .summary = "Two CPUs allocate an object each, and there is one page: one is refused.",
      .task_list = {{{"alloc 1"}, {"alloc 1", {.cpu = 1}}}},
  };

  slab_refused_single() {
    this->obj_exts_exist();
    this->a.memcg().memory.set_max(1);
  }
  void task(unsigned number) { this->alloc({this->node0[number]}); }
};

template <class S>
struct slab_refused_reused : slab_refused<slab_on_slots<S, memcg::slab_batching::per_object>> {
  static constexpr scenario_info info{
      .name = "slab_charge/refused_reused",
      .summary =
          "Objects that were charged before are allocated again and refused: those that were not "
          "reached are not uncharged for what they were.",
      .task_list = {{{"alloc 4, perhaps refused"}, {"free 1", {.cpu = 1}}}},
  };

  slab_refused_reused() {
    this->free({this->node1[1]});
    this->alloc({this->node0[0], this->node1[0], this->also_node0[0]});
    this->free({this->node0[0], this->node1[0], this->also_node0[0]});
  }
};

// Both ------------------------------------------------------------------------------------------

template <class Base>
struct slab_refused_after_skipping : Base {
  slab_refused_after_skipping() {
    this->on_cpu(1, [this] { this->alloc({this->node1[1], this->node1[2], this->node1[3]}); });
    this->a.memcg().memory.set_max(3);
    this->obj_exts_may_fail();
  }
  void task(unsigned number) {
    if (number == 0) {
      this->alloc({this->node0[0], this->also_node0[0], this->node0[1], this->node1[0]});
    } else {
      this->free({this->node1[3]});
    }
  }
};

template <class S>
struct slab_skipped_run_length
    : slab_refused_after_skipping<slab_on_one_slot<S, memcg::slab_batching::run_length>> {
  static constexpr scenario_info info{
      .name = "slab_charge/skipped_run_length",
      .summary = "A run is refused behind an object that could not be charged.",
      .task_list = {{{"alloc 4, perhaps refused"}, {"free 1", {.cpu = 1}}}},
  };
};

template <class S>
struct slab_skipped_per_object
    : slab_refused_after_skipping<slab_on_one_slot<S, memcg::slab_batching::per_object>> {
  static constexpr scenario_info info{
      .name = "slab_charge/skipped_per_object",
      .summary = "An object is refused behind one that could not be charged.",
      .task_list = {{{"alloc 4, perhaps refused"}, {"free 1", {.cpu = 1}}}},
  };
};

// What batches refuse ---------------------------------------------------------------------------

/// One object is charged and 10 bytes are in the stock, which suffice for the first of four more
/// objects; the others fit in the page that the limit leaves.
template <class Base>
struct slab_that_fits : Base {
  slab_that_fits() {
    this->obj_exts_exist();
    this->alloc({this->node0[3]});
    this->a.memcg().memory.set_max(2);
  }
  void task(unsigned) {
    fits_ = this->alloc({this->node0[0], this->node0[1], this->node0[2], this->also_node0[0]});
  }
  void check() override {
    Base::atomics::expect(fits_, oracle::overcharge,
                          "objects are refused that would fit one by one",
                          {{"usage", static_cast<long>(this->a.memcg().memory.read())},
                           {"max", static_cast<long>(this->a.memcg().memory.max())}});
    Base::check();
  }

 private:
  bool fits_ = false;
};

template <class S>
struct slab_fits_per_object : slab_that_fits<slab_on_slots<S, memcg::slab_batching::per_object>> {
  static constexpr scenario_info info{
      .name = "slab_charge/fits_per_object",
      .summary = "6.18: objects that fit, with what is in the stock, are not refused.",
      .task_list = {{{"alloc 4"}}},
      .nr_cpus = 1,
  };
};

template <class S>
struct slab_batch_refused : slab_that_fits<slab_on_slots<S, memcg::slab_batching::run_length>> {
  static constexpr scenario_info info{
      .name = "slab_charge/batch_refused",
      .summary = "A run is refused although its objects fit one by one.",
      .task_list = {{{"alloc 4"}}},
      .nr_cpus = 1,
      .known = known_property{oracle::overcharge, "batch-refused"},
  };
};

using slab_charge_failure_scenarios =
    scenario_list<slab_obj_exts_per_object, slab_obj_exts_run_length, slab_obj_exts_batch_count,
                  slab_refused_per_object, slab_refused_run_length, slab_refused_batch_count,
                  slab_refused_single, slab_refused_reused, slab_skipped_run_length,
                  slab_skipped_per_object, slab_fits_per_object, slab_batch_refused>;

}  // namespace stockcheck::checks
