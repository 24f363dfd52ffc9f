// SPDX-License-Identifier: GPL-2.0-only
// Scenarios: CPUs that go offline or come online while percpu memory is counted for their nodes.
#pragma once

#include "checks/percpu/percpu_scenario.hpp"

namespace stockcheck::checks {

/// Three CPUs, of which node 1 has two. CPU 1 goes offline or comes back.
template <class S>
struct percpu_on_three_cpus : percpu_scenario<S> {
  using counted = typename percpu_scenario<S>::accounting_type::counted;

  percpu_group<S> root{*this, "root"};
  percpu_area<S> area{*this, root, 4};
  percpu_area<S> early{*this, root, 8};

  explicit percpu_on_three_cpus(counted which = counted::possible)
      : percpu_scenario<S>(2, {0, 1, 1}, which) {}
};

template <class S>
struct percpu_cpu_goes_offline : percpu_on_three_cpus<S> {
  static constexpr scenario_info info{
      .name = "percpu_accounting/cpu_goes_offline",
      .summary = "A CPU goes offline between allocation and freeing: it keeps its copies.",
      .task_list = {{{"alloc 4, free 4"}, {"cpu 1 goes offline", {.cpu = 2}}}},
      .nr_cpus = 3,
  };

  void task(unsigned number) {
    if (number == 0) {
      this->area.alloc();
      this->area.free();
    } else {
      this->cpu_offline(1);
    }
  }
};

template <class S>
struct percpu_cpu_comes_online : percpu_on_three_cpus<S> {
  static constexpr scenario_info info{
      .name = "percpu_accounting/cpu_comes_online",
      .summary = "A CPU comes online between allocation and freeing: it had its copies before.",
      .task_list = {{{"free 8, alloc 4"}, {"cpu 1 comes online", {.cpu = 2}}}},
      .nr_cpus = 3,
  };

  percpu_cpu_comes_online() {
    this->cpu_offline(1);
    this->early.alloc();
  }
  void task(unsigned number) {
    if (number == 0) {
      this->early.free();
      this->area.alloc();
    } else {
      this->cpu_online(1);
    }
  }
};

template <class S>
struct percpu_chunk_pages : percpu_on_three_cpus<S> {
  static constexpr scenario_info info{
      .name = "percpu_accounting/chunk_pages",
      .summary = "Chunks get and lose pages while a CPU goes offline: nr_percpu stays exact.",
      .task_list = {{{"alloc 2 pages"}, {"free 1 page", {.cpu = 2}}, {"cpu 1 goes offline"}}},
      .nr_cpus = 3,
  };

  percpu_chunk_pages() { this->alloc_pages(1); }
  void task(unsigned number) {
    switch (number) {
      case 0: this->alloc_pages(2); break;
      case 1: this->free_pages(1); break;
      default: this->cpu_offline(1); break;
    }
  }
};

/// The patch as it was sent, which counts the CPUs that nr_cpus_node() has.
template <class S>
struct percpu_by_node_mask : percpu_on_three_cpus<S> {
  static constexpr known_property drifts{oracle::statistics, "percpu-mask-drift"};

  percpu_by_node_mask() : percpu_on_three_cpus<S>(percpu_on_three_cpus<S>::counted::in_node_mask) {}
};

template <class S>
struct percpu_mask_loses_cpu : percpu_by_node_mask<S> {
  static constexpr scenario_info info{
      .name = "percpu_accounting/mask_loses_cpu",
      .summary =
          "Shares are counted by nr_cpus_node() and a CPU goes offline before the area is "
          "freed: some of it stays counted for ever.",
      .task_list = {{{"alloc 4, free 4"}, {"cpu 1 goes offline", {.cpu = 2}}}},
      .nr_cpus = 3,
      .known = percpu_by_node_mask<S>::drifts,
  };

  void task(unsigned number) {
    if (number == 0) {
      this->area.alloc();
      this->area.free();
    } else {
      this->cpu_offline(1);
    }
  }
};

template <class S>
struct percpu_mask_gains_cpu : percpu_by_node_mask<S> {
  static constexpr scenario_info info{
      .name = "percpu_accounting/mask_gains_cpu",
      .summary =
          "Shares are counted by nr_cpus_node() and a CPU comes online before the area is "
          "freed: the bytes of its node go below zero.",
      .task_list = {{{"alloc 8, free 8"}, {"cpu 1 comes online", {.cpu = 2}}}},
      .nr_cpus = 3,
      .known = percpu_by_node_mask<S>::drifts,
  };

  percpu_mask_gains_cpu() { this->cpu_offline(1); }
  void task(unsigned number) {
    if (number == 0) {
      this->early.alloc();
      this->early.free();
    } else {
      this->cpu_online(1);
    }
  }
};

template <class S>
struct percpu_mask_of_offline_cpu : percpu_by_node_mask<S> {
  static constexpr scenario_info info{
      .name = "percpu_accounting/mask_of_offline_cpu",
      .summary =
          "Shares are counted by nr_cpus_node() and a possible CPU was never online: its "
          "copies are charged, but not counted.",
      .task_list = {{{"alloc 4"}}},
      .nr_cpus = 3,
      .known = percpu_by_node_mask<S>::drifts,
  };

  percpu_mask_of_offline_cpu() { this->cpu_offline(1); }
  void task(unsigned) { this->area.alloc(); }
};

template <class S>
struct percpu_chunk_pages_by_mask : percpu_by_node_mask<S> {
  static constexpr scenario_info info{
      .name = "percpu_accounting/chunk_pages_by_mask",
      .summary = "Pages of chunks are counted by nr_cpus_node() and a CPU goes offline meanwhile.",
      .task_list = {{{"alloc 1 page, free 1 page"}, {"cpu 1 goes offline", {.cpu = 2}}}},
      .nr_cpus = 3,
      .known = percpu_by_node_mask<S>::drifts,
  };

  void task(unsigned number) {
    if (number == 0) {
      this->alloc_pages(1);
      this->free_pages(1);
    } else {
      this->cpu_offline(1);
    }
  }
};

using percpu_hotplug_scenarios =
    scenario_list<percpu_cpu_goes_offline, percpu_cpu_comes_online, percpu_chunk_pages,
                  percpu_mask_loses_cpu, percpu_mask_gains_cpu, percpu_mask_of_offline_cpu,
                  percpu_chunk_pages_by_mask>;

}  // namespace stockcheck::checks
