// SPDX-License-Identifier: GPL-2.0-only
// One stress run of any algorithm with the operations of page_counter and its stock.
#pragma once

#include "report/finding_of.hpp"
#include "report/result.hpp"
#include "stress/charger.hpp"
#include "stress/drainer.hpp"
#include "stress/invariants.hpp"
#include "stress/limit_changer.hpp"
#include "stress/page_counter_stock_stress.hpp"
#include "stress/run_record.hpp"

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

namespace stockcheck::stress {

/// A Subject names two types on std_atomics, `page_counter` and `page_counter_stock`, that have the
/// operations of those in model/memcg. For one run, on the thread that made it.
template <class Subject>
class stress_run {
 public:
  /// See run() in page_counter_stock_stress.hpp for what is thrown. `units` must outlive it.
  stress_run(const run_options& how, const topology& units)
      : how_(valid(how)),
        units_(units),
        machine_(how.all_threads(), one_cpu_each(how)),
        tree_(tree_on(machine_, how)) {
    for (unsigned i = 0; i < how.threads; ++i)
      chargers_.push_back(std::make_unique<charger<Subject>>(tree_, how, next_number()));
    for (unsigned i = 0; i < how.drainers; ++i)
      drainers_.push_back(std::make_unique<drainer<Subject>>(tree_, how, next_number()));
    for (unsigned i = 0; i < how.limit_changers; ++i)
      changers_.push_back(std::make_unique<limit_changer<Subject>>(tree_, how, i, next_number()));
  }

  [[nodiscard]] report::result run(const progress_callback& report_progress,
                                   const std::atomic<bool>& stop) {
    work(report_progress, stop);
    machine_.quiesce();
    if (!finding_) finding_ = release_everything();
    return make_record(how_, numbers_so_far(), std::move(finding_));
  }

 private:
  using clock = std::chrono::steady_clock;
  using seconds = std::chrono::duration<double>;

  static run_options valid(const run_options& how) {
    if (const auto wrong = validate(how)) throw std::invalid_argument(*wrong);
    return how;
  }
  /// Drainers and limit changers have CPUs of their own too, whose stocks stay empty.
  static std::vector<kernel::placement> one_cpu_each(const run_options& how) {
    std::vector<kernel::placement> placements(how.all_threads());
    for (unsigned i = 0; i < placements.size(); ++i) placements[i].cpu = i;
    return placements;
  }
  static hierarchy<Subject> tree_on(kernel::machine<std_atomics>& machine, const run_options& how) {
    machine.enter();
    return hierarchy<Subject>(how);
  }
  unsigned next_number() { return next_number_++; }

  std::vector<crew_member*> all_members() const {
    std::vector<crew_member*> members;
    members.reserve(how_.all_threads());
    for (const auto& m : chargers_) members.push_back(m.get());
    for (const auto& m : drainers_) members.push_back(m.get());
    for (const auto& m : changers_) members.push_back(m.get());
    return members;
  }

  /// From one quiescent point to the next until something is found or the time is over.
  void work(const progress_callback& report_progress, const std::atomic<bool>& stop) {
    machine_.finish_boot();
    crew crew(units_, machine_, all_members(), how_.seed);
    numbers_.pinned = crew.pinned();
    const auto started = clock::now();
    const auto end = started + std::chrono::duration_cast<clock::duration>(how_.time);
    next_report_ = started + report_every;
    for (bool over = false; !over && !finding_;) {
      crew.resume();
      wait(crew, std::min(clock::now() + how_.quiescent_every, end), started, report_progress,
           stop);
      crew.assemble();
      numbers_.operations = crew.operations();
      finding_ = check(crew);
      over = clock::now() >= end || stop.load();
    }
    numbers_.seconds = seconds(clock::now() - started).count();
    numbers_.stopped_early = !finding_ && numbers_.seconds < how_.time.count();
  }

  void wait(const crew& crew, clock::time_point until, clock::time_point started,
            const progress_callback& report_progress, const std::atomic<bool>& stop) {
    constexpr auto nap = std::chrono::milliseconds(10);
    while (!crew.wants_to_stop() && !stop.load()) {
      const auto now = clock::now();
      if (now >= next_report_) {
        next_report_ = now + report_every;
        if (report_progress) report_progress({seconds(now - started).count(), crew.operations()});
      }
      if (now >= until) return;
      std::this_thread::sleep_until(std::min(now + nap, until));
    }
  }

  std::optional<report::finding> check(const crew& crew) {
    if (const auto failed = crew.failed()) return report::finding_of(*failed);
    ++numbers_.quiescent_points;
    std::vector<long> held(tree_.size(), 0);
    for (std::size_t c = 0; c < held.size(); ++c)
      for (const auto& m : chargers_) held[c] += m->held(c);
    return check_invariants(tree_, std::move(held), machine_.nr_cpus());
  }

  std::optional<report::finding> release_everything() {
    try {
      for (const auto& m : chargers_) m->release();
      tree_.free_stocks();
    } catch (const violation& found) {
      return report::finding_of(found.failed());
    }
    return check_leak(tree_);
  }

  run_numbers numbers_so_far() const {
    run_numbers sum = numbers_;
    for (const auto& m : chargers_) {
      sum.charges += m->numbers().charges;
      sum.hits += m->numbers().hits;
      sum.refused_charges += m->numbers().refused;
    }
    for (const auto& m : drainers_) sum.drains += m->drains();
    for (const auto& m : changers_) {
      sum.limit_changes += m->changes();
      sum.refused_limit_changes += m->refused();
    }
    return sum;
  }

  static constexpr auto report_every = std::chrono::milliseconds(200);

  run_options how_;
  const topology& units_;
  kernel::machine<std_atomics> machine_;
  hierarchy<Subject> tree_;
  unsigned next_number_ = 0;
  std::vector<std::unique_ptr<charger<Subject>>> chargers_;
  std::vector<std::unique_ptr<drainer<Subject>>> drainers_;
  std::vector<std::unique_ptr<limit_changer<Subject>>> changers_;
  run_numbers numbers_;
  std::optional<report::finding> finding_;
  clock::time_point next_report_;
};

}  // namespace stockcheck::stress
