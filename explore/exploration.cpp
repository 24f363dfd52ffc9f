// SPDX-License-Identifier: GPL-2.0-only
#include "explore/exploration.hpp"

#include "explore/explorer.hpp"
#include "explore/walker.hpp"

#include <algorithm>
#include <random>
#include <utility>

namespace stockcheck::explore {

namespace {

/// How often the observer is asked, in executions.
constexpr std::uint64_t ask_period = 256;
/// When a search is long enough for an estimate, in executions, and how many samples make one.
constexpr std::uint64_t worth_an_estimate = 16 * ask_period;
constexpr unsigned samples = 100;

/// One strategy at work.
class campaign {
 public:
  campaign(const code_under_test& code, const settings& how, observer& watch)
      : how_(how), watch_(watch), runs_(code, how.max_events, how.behind_misuse) {}

  exploration run() {
    const bool random = how_.search >= search::uniform;
    if (random) runs_.known_contention().assume_all();
    for (run_once(); result_.ended == exploration::end::exhausted; run_once()) {
      if (!runs_.known_contention().learn()) break;
      result_ = {};
      watch_.restarted();
    }
    result_.counters = runs_.counted();
    return std::move(result_);
  }

 private:
  void run_once() {
    if (how_.search == search::exhaustive) {
      explorer every(how_.model, runs_.nr_threads());
      repeat(every, [&every] { return every.changed(); });
    } else {
      walker walk(how_, runs_.nr_threads());
      repeat(walk, [] { return no_event; });
    }
  }

  template <class Strategy, class Changed>
  void repeat(Strategy& strategy, Changed changed) {
    const auto on_complete = [&](engine_program& settled) {
      watch_.completed(settled, strategy.graph());
    };
    for (std::uint64_t executions = 0; strategy.next(); ++executions) {
      if (how_.executions != 0 && executions == how_.executions) return;
      if (how_.events != 0 && events_run() >= how_.events) return;
      if (executions == worth_an_estimate && how_.search == search::exhaustive) estimate();
      if (executions % ask_period == 0 && executions > 0) {
        result_.explored = strategy.explored();
        if (!watch_.goes_on(so_far())) return;
      }
      const ending how_it_ended = runs_.run(strategy, changed(), on_complete);
      if (runs_.known_contention().is_wrong()) break;
      switch (how_it_ended) {
        case ending::complete: ++result_.complete; break;
        case ending::blocked: ++result_.blocked; break;
        case ending::truncated: ++result_.truncated; break;
        case ending::found:
          ++result_.findings;
          if (runs_.was_cut()) ++result_.cut;
      }
      if (!goes_on_after(strategy)) return;
    }
    result_.ended = exploration::end::exhausted;
    result_.explored = strategy.explored();
  }

  [[nodiscard]] std::uint64_t events_run() const {
    return runs_.counted().replayed + runs_.counted().fresh;
  }

  /// Samples say how many executions there are; the part that is done says it better at the end.
  [[nodiscard]] exploration_progress so_far() const {
    const auto executions = static_cast<double>(result_.complete + result_.blocked);
    const double by_part = result_.explored > 0 ? executions / result_.explored : 0;
    return {result_.complete, result_.blocked, result_.explored,
            std::max({by_part, estimated_ * (1 - result_.explored), executions})};
  }

  void estimate() {
    explorer every(how_.model, runs_.nr_threads());
    std::mt19937_64 random(how_.seed);
    estimated_ = 0;
    for (unsigned i = 0; i < samples; ++i) {
      while (every.descend(random)) runs_.run(every, every.changed(), {});
      estimated_ += every.sampled() / samples;
    }
  }

  /// Asks the observer about what there was in the last execution.
  bool goes_on_after(strategy& of) {
    const execution_graph& whole = of.graph();
    const auto ends_with = [this](engine_finding what, counterexample shown) {
      result_.ended = exploration::end::found;
      result_.finding = std::move(what);
      result_.counterexample = std::move(shown);
      return false;
    };
    for (const engine_finding& what : runs_.found()) {
      const auto show = [&] { return shown(whole, causes_of(what, whole)); };
      if (!watch_.found(what, whole, show)) return ends_with(what, show());
    }
    if (!runs_.found().empty() || runs_.notes().empty()) return true;
    for (const runtime::remark& note : runs_.notes()) {
      const auto show = [&] { return shown(whole, note.events); };
      if (!watch_.noted(note.number, show)) return ends_with({}, show());
    }
    ++result_.noted;
    return true;
  }

  /// The events that a finding needs.
  static execution_graph::prefixes causes_of(const engine_finding& what,
                                             const execution_graph& whole) {
    execution_graph::prefixes keep{};
    for (const event_id id : what.events)
      if (!id.is_none() && !id.is_initial() && id.index < whole.size(id.thread))
        for (std::size_t t = 0; t < whole.nr_tasks(); ++t)
          keep[t] = std::max(keep[t], whole[id].porf.prefix(t));
    const bool all = std::ranges::all_of(keep, [](std::size_t events) { return events == 0; });
    for (std::size_t t = 0; t < whole.nr_threads(); ++t)
      if (all || t == whole.nr_tasks()) keep[t] = whole.size(t);
    return keep;
  }

  /// Runs a part of the last execution once more and writes it down.
  counterexample shown(const execution_graph& whole, const execution_graph::prefixes& keep) {
    counterexample written;
    written.graph = std::make_unique<execution_graph>(whole.nr_threads());
    written.graph->assign_prefixes(whole, keep);
    replayer once(*written.graph);
    written.recording = runs_.record(once);
    written.order = linearise(*written.graph);
    return written;
  }

  const settings& how_;
  observer& watch_;
  runtime runs_;
  exploration result_;
  double estimated_ = 0;
};

}  // namespace

exploration explore(const code_under_test& code, const settings& how, observer& watch) {
  return campaign(code, how, watch).run();
}

}  // namespace stockcheck::explore
