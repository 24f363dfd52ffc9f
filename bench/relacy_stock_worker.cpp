// SPDX-License-Identifier: GPL-2.0-only
// Searches one workload by Relacy's full search and prints what it cost; bench/explore.cpp starts
// it.
//
//   bench_relacy_stock_worker SHAPE SECONDS
//
// Prints executions, 1 if the search ended within that time, CPU seconds, and the peak resident
// memory in KiB.
#include "bench/process_cost.hpp"
#include "bench/stock_workload.hpp"
#include "model/atomics/relacy_allocation.hpp"
#include "model/atomics/relacy_atomics.hpp"

#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace {

using namespace stockcheck;

const bench::stock_shape* current_shape = nullptr;
std::uint64_t executions = 0;
double deadline = 0;
bool ended = true;

template <int Tasks>
struct suite : rl::test_suite<suite<Tasks>, Tasks> {
  bench::stock_workload<relacy_atomics> workload{*current_shape};

  suite() {
    if (++executions % 1024 != 0 || bench::cpu_seconds() < deadline) return;
    ended = false;
    rl::ctx().rl_until("out of time", rl::debug_info());
  }
  void thread(unsigned number) { workload.task(number); }
  void after() { workload.settle(); }
};

template <int Tasks>
void search() {
  rl::ostringstream ignored;
  rl::test_params params;
  params.search_type = rl::sched_full;
  params.output_stream = &ignored;
  params.progress_stream = &ignored;
  rl::ostringstream state;
  rl::run_test<suite<Tasks>, rl::full_search_scheduler<Tasks>>(params, state, false);
}

}  // namespace

int main(int argc, char** argv) {
  for (const bench::stock_shape& shape : bench::stock_shapes)
    if (argc == 3 && std::string_view(argv[1]) == shape.name) current_shape = &shape;
  if (current_shape == nullptr) {
    std::fputs("usage: bench_relacy_stock_worker SHAPE SECONDS\n", stderr);
    return 2;
  }
  const double start = bench::cpu_seconds();
  deadline = start + std::atof(argv[2]);
  if (current_shape->tasks() == 2)
    search<2>();
  else
    search<3>();
  std::printf("%llu %d %.6f %ld\n", static_cast<unsigned long long>(executions), ended ? 1 : 0,
              bench::cpu_seconds() - start, bench::peak_resident_kib());
  return 0;
}
