// SPDX-License-Identifier: GPL-2.0-only
#include "harness/relacy/relacy_simulation.hpp"

#include "harness/outcomes.hpp"
#include "model/atomics/relacy_allocation.hpp"
#include "model/atomics/relacy_atomics.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <new>
#include <stdexcept>
#include <streambuf>

namespace stockcheck::harness {

namespace {

/// Reads the estimate out of the progress line "12% (34/280)" that Relacy prints now and then.
/// Fixed storage, as everything that runs while Relacy owns the allocations.
class estimate_reader : public std::streambuf {
 public:
  [[nodiscard]] std::uint64_t estimated() const { return estimated_; }

 protected:
  int_type overflow(int_type character) override {
    if (character != traits_type::eof() && used_ < line_.size())
      line_.at(used_++) = traits_type::to_char_type(character);
    return character;
  }
  int sync() override {
    const std::string_view line{line_.data(), used_};
    if (const auto slash = line.find('/'); slash != std::string_view::npos)
      std::from_chars(line.data() + slash + 1, line.data() + line.size(), estimated_);
    used_ = 0;
    return 0;
  }

 private:
  std::array<char, 80> line_{};
  std::size_t used_ = 0;
  std::uint64_t estimated_ = 0;
};

/// What the executions of the current simulation share. Relacy default-constructs its test suites,
/// so that they find it through a pointer.
struct session {
  const simulation_request* request = nullptr;
  const progress_sink* sink = nullptr;
  std::uint64_t executions = 0;
  bool recording_history = false;
  rl::map<checks::final_state, std::uint64_t>::type outcomes{};  // allocates outside Relacy
  estimate_reader estimate{};
  std::array<char, 200> error{};  ///< what the harness threw, if it did
  std::size_t error_size = 0;
};
session* current_session = nullptr;

/// How often the clock is read, in executions.
constexpr std::uint64_t clock_period = 256;

void begin_execution() {
  session& now = *current_session;
  relacy_names::clear();
  if (now.recording_history) return;
  if (now.request->executions != 0 && now.executions == now.request->executions) {
    rl::ctx().rl_until("out of executions", rl::debug_info());
    return;
  }
  if (++now.executions % clock_period != 0) return;
  if (*now.sink) (*now.sink)({now.executions, now.estimate.estimated()});
  if (now.request->deadline.is_over()) rl::ctx().rl_until("out of time", rl::debug_info());
}

/// An exception may not leave the fiber it was thrown on. None is expected: it is an error of the
/// harness, which simulate() reports.
template <class Action>
void guarded(Action action) {
  session& now = *current_session;
  try {
    action();
  } catch (const std::exception& error) {
    const std::string_view what = error.what();
    now.error_size = what.copy(now.error.data(), now.error.size());
  }
  if (now.error_size > 0) rl::ctx().rl_until("an error of the harness", rl::debug_info());
}

template <int Tasks>
struct suite : rl::test_suite<suite<Tasks>, Tasks> {
  std::unique_ptr<checks::program> program;

  suite() {
    begin_execution();
    guarded([&] { program = current_session->request->program->make(); });
  }
  void thread(unsigned number) {
    guarded([&] { program->task(number); });
  }
  void after() {
    guarded([&] {
      program->settle();
      if (!current_session->recording_history) ++current_session->outcomes[program->outcome()];
    });
  }
};

template <int Tasks>
rl::test_result_e run(rl::test_params& params, std::ostream& state, bool again) {
  using test = suite<Tasks>;
  switch (params.search_type) {
    case rl::sched_full:
      return rl::run_test<test, rl::full_search_scheduler<Tasks>>(params, state, again);
    case rl::sched_bound:
      return rl::run_test<test, rl::context_bound_scheduler<Tasks>>(params, state, again);
    default: return rl::run_test<test, rl::random_scheduler<Tasks>>(params, state, again);
  }
}

rl::test_result_e run(std::size_t tasks, rl::test_params& params, std::ostream& state, bool again) {
  switch (tasks) {
    case 1: return run<1>(params, state, again);
    case 2: return run<2>(params, state, again);
    case 3: return run<3>(params, state, again);
    case 4: return run<4>(params, state, again);
    default: throw std::logic_error("engine bug: a scenario has 1 to 4 tasks");
  }
}

oracle oracle_of(rl::test_result_e result) {
  switch (result) {
    case rl::test_result_deadlock:
    case rl::test_result_livelock:
    case rl::test_result_recursion_on_nonrecursive_mutex:
    case rl::test_result_unlocking_mutex_wo_ownership:
    case rl::test_result_destroying_owned_mutex: return oracle::progress;
    default: return oracle::memory;
  }
}

/// "DATA RACE" in the words that the other messages use.
std::string words_of(rl::test_result_e result) {
  std::string words = rl::test_result_str(result);
  std::ranges::transform(words, words.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return words;
}

/// The addresses "<0x5581...>" of a history replaced by the names of what lies there.
std::string name_addresses(std::string_view history) {
  std::string named;
  while (!history.empty()) {
    const std::size_t open = std::min(history.find("<0x"), history.size());
    named += history.substr(0, open);
    history.remove_prefix(open);
    const std::size_t close = history.find('>');
    if (history.empty() || close == std::string_view::npos) break;
    std::uintptr_t address = 0;
    std::from_chars(history.data() + 3, history.data() + close, address, 16);
    const relacy_names::entry* const label = relacy_names::find(address);
    named += label == nullptr ? std::string(history.substr(0, close + 1))
                              : std::string("<") + label->owner + "." + label->name + ">";
    history.remove_prefix(close + 1);
  }
  named += history;
  return named;
}

/// Runs the failing execution once more, this time recording its history.
std::string replay(std::size_t tasks, rl::test_params& params, const rl::string& state) {
  rl::ostringstream text;
  rl::ostringstream ignored;
  params.initial_state = state;
  params.collect_history = true;
  params.output_stream = &text;
  current_session->recording_history = true;
  run(tasks, params, ignored, true);
  return name_addresses(std::string{text.str()});
}

}  // namespace

simulation_report simulate(const simulation_request& request, const progress_sink& sink) {
  session shared{.request = &request, .sink = &sink};
  current_session = &shared;
  relacy_atomics::failed().reset();
  const std::size_t tasks = request.program->info->nr_tasks();

  rl::ostringstream unused_output;
  std::ostream estimates{&shared.estimate};
  rl::test_params params;
  params.output_stream = &unused_output;
  params.progress_stream = &estimates;
  switch (request.strategy) {
    case explore::search::exhaustive: params.search_type = rl::sched_full; break;
    case explore::search::preemptions:
      params.search_type = rl::sched_bound;
      params.context_bound = request.context_bound;
      break;
    default: {
      params.search_type = rl::sched_random;
      params.iteration_count = request.last;
      rl::ostringstream first;
      first << request.first << ' ';
      params.initial_state = first.str();
    }
  }

  rl::ostringstream state;
  const rl::test_result_e found = run(tasks, params, state, false);

  current_session = nullptr;
  if (shared.error_size > 0)
    throw std::logic_error(std::string(shared.error.data(), shared.error_size));

  simulation_report report;
  report.executions = shared.executions;
  report.outcomes = outcomes_of(shared.outcomes);

  if (found == rl::test_result_success) {
    report.end = simulation_end::exhausted;
  } else if (found == rl::test_result_until_condition_hit) {
    report.end = simulation_end::cut;
  } else {
    report.end = simulation_end::failed;
    report.failed = relacy_atomics::failed();
    if (!report.failed) {
      report.kind = oracle_of(found);
      report.what = words_of(found);
    }
    current_session = &shared;
    report.history = replay(tasks, params, state.str());
    current_session = nullptr;
  }
  return report;
}

}  // namespace stockcheck::harness
