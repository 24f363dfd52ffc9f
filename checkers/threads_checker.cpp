#include "checkers/threads_checker.hpp"

#include "checkers/host_cpus.hpp"
#include "checkers/interrupter.hpp"
#include "checkers/judge.hpp"
#include "checkers/outcomes.hpp"
#include "checkers/programs.hpp"
#include "checkers/round_gate.hpp"
#include "model/atomics/std_atomics.hpp"
#include "report/finding_of.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <thread>
#include <vector>

namespace stockcheck::checkers {

namespace {

using clock = std::chrono::steady_clock;

/// Rounds of one scenario. The calling thread runs task 0 and everything that happens alone; each
/// other task has a thread of its own, and so has who interrupts them.
class rounds {
 public:
  rounds(const checks::program_entry& entry, const options& how, const progress_sink& sink)
      : entry_(entry),
        how_(how),
        sink_(sink),
        nr_tasks_(static_cast<unsigned>(entry.info->nr_tasks())),
        has_interrupts_(has_handlers()),
        gate_(nr_tasks_ + (has_interrupts_ ? 1 : 0)),
        interrupter_(*entry.info, how.seed) {}

  void run() {
    std::vector<std::jthread> others;
    for (unsigned number = 1; number < nr_tasks_; ++number)
      others.emplace_back([this, number] { serve(number); });
    if (has_interrupts_) others.emplace_back([this] { interrupt(); });
    become(0);
    while (!over()) one_round();
    program_.reset();
    gate_.meet();  // lets the others see that there is no program any more
    others.clear();
    run_on_any_host_cpu();
    if (error_) std::rethrow_exception(error_);
  }

  [[nodiscard]] std::uint64_t done() const { return done_; }
  [[nodiscard]] const std::optional<failed_expectation>& failed() const { return failed_; }
  [[nodiscard]] const std::map<checks::final_state, std::uint64_t>& outcomes() const {
    return outcomes_;
  }

 private:
  static constexpr std::uint64_t clock_period = 64;  // rounds

  /// Making a program runs the code under test: what that does wrong ends the rounds.
  bool has_handlers() {
    std::unique_ptr<checks::program> first;
    guarded([&] { first = entry_.make(); });
    return first != nullptr && !first->handlers().empty();
  }

  [[nodiscard]] bool over() const {
    if (ended() || (how_.executions != 0 && done_ == how_.executions)) return true;
    if (done_ % clock_period != 0) return false;
    if (sink_) sink_({done_, how_.executions});
    return clock::now() - started_ >= how_.time;
  }

  [[nodiscard]] bool ended() const { return failed_.has_value() || error_ != nullptr; }

  void one_round() {
    // Before there is another one: what the code under test has in its variables is of one program.
    program_.reset();
    guarded([&] { program_ = entry_.make(); });
    if (ended()) return;
    gate_.meet();
    perform(0);
    gate_.meet();
    ++done_;
    if (ended()) return;
    guarded([&] {
      program_->settle();
      ++outcomes_[program_->outcome()];
    });
  }

  /// The life of the thread of another task.
  void serve(unsigned number) {
    become(number);
    for (;;) {
      gate_.meet();
      if (program_ == nullptr) return;
      perform(number);
      gate_.meet();
    }
  }

  /// The life of the thread that interrupts the others.
  void interrupt() {
    for (;;) {
      gate_.meet();
      if (program_ == nullptr) return;
      // Once more: threads that had to be woken for the first time are together now.
      gate_.meet();
      interrupter_.round(*program_);
      gate_.meet();
    }
  }

  void become(unsigned number) {
    interrupter_.serve(number);
    std_task& self = std_atomics::current();
    self.number = number;
    self.moved_to = run_on_host_cpu;
    self.random.seed(
        static_cast<std::minstd_rand::result_type>(how_.seed * checks::max_tasks + number + 1));
  }

  /// A short random delay shifts the tasks against each other: without it most rounds are alike.
  /// With interrupts it is longer, because a signal is longer on its way than a task runs.
  void perform(unsigned number) {
    const unsigned longest = has_interrupts_ ? max_delay_of_signal : max_delay;
    const kernel::placement& start = entry_.info->task_list.at(number).where;
    if (start.migrations > 0) run_on_host_cpu(start.cpu);
    if (has_interrupts_) gate_.meet();
    interrupter::begin(*program_);
    for (volatile unsigned delay = std_atomics::choose(longest); delay > 0;) delay = delay - 1;
    guarded([&] { program_->task(number); });
    interrupter::end();
  }

  template <class Action>
  void guarded(Action action) {
    try {
      action();
    } catch (const violation& found) {
      const std::scoped_lock first_one_wins{end_lock_};
      if (!failed_) failed_.emplace(found.failed());
    } catch (...) {
      const std::scoped_lock any_one_will_do{end_lock_};
      error_ = std::current_exception();
    }
  }

  static constexpr unsigned max_delay = 64;
  static constexpr unsigned max_delay_of_signal = 32768;

  const checks::program_entry& entry_;
  const options& how_;
  const progress_sink& sink_;
  std::mutex end_lock_;
  std::optional<failed_expectation> failed_;
  std::exception_ptr error_;  ///< of the harness, not of what is checked
  unsigned nr_tasks_;
  bool has_interrupts_;
  round_gate gate_;
  interrupter interrupter_;
  clock::time_point started_ = clock::now();
  std::unique_ptr<checks::program> program_;
  std::uint64_t done_ = 0;
  std::map<checks::final_state, std::uint64_t> outcomes_;
};

}  // namespace

report::result threads_checker::check(const checks::scenario_info& scenario, const options& how,
                                      const progress_sink& sink) {
  report::result result = begin_record(*this, scenario, how);
  const clock::time_point started = clock::now();
  rounds of_scenario(find_program(programs_, scenario.name), how, sink);
  of_scenario.run();

  result.executions = of_scenario.done();
  result.seconds = std::chrono::duration<double>(clock::now() - started).count();
  result.outcomes = outcomes_of(of_scenario.outcomes());
  if (const auto& failed = of_scenario.failed()) {
    result.finding = report::finding_of(*failed);
    result.guarantee = fmt::format("real threads, round {}", result.executions);
    result.replay =
        fmt::format("stockcheck check '{}' --checker threads --seed {}", scenario.name, how.seed);
  } else {
    result.guarantee =
        fmt::format("nothing found (real threads, {} final {})", result.outcomes.size(),
                    result.outcomes.size() == 1 ? "state" : "states");
  }
  judge(result, *this, scenario);
  return result;
}

}  // namespace stockcheck::checkers
