// SPDX-License-Identifier: GPL-2.0-only
#include "stress/page_counter_stock_stress.hpp"

#include "model/memcg/page_counter_stock.hpp"
#include "stress/stress_run.hpp"

namespace stockcheck::stress {

namespace {

struct page_counter_stock_on_threads {
  using page_counter = memcg::page_counter<std_atomics>;
  using page_counter_stock = memcg::page_counter_stock<std_atomics>;
};

}  // namespace

report::result run(const run_options& how, const progress_callback& report_progress,
                   const std::atomic<bool>& stop) {
  return stress_run<page_counter_stock_on_threads>(how, topology::of_this_machine())
      .run(report_progress, stop);
}

}  // namespace stockcheck::stress
