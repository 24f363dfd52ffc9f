// SPDX-License-Identifier: GPL-2.0-only
// The recorded execution: the operations of a program that the graph has are replayed, fresh ones
// are added to it by a strategy. Its tasks run on fibers: task_fibers.hpp.
#pragma once

#include "explore/arena.hpp"
#include "explore/contention.hpp"
#include "explore/engine_finding.hpp"
#include "explore/engine_program.hpp"
#include "explore/location_table.hpp"
#include "explore/operations.hpp"
#include "explore/strategy.hpp"
#include "explore/task_fibers.hpp"
#include "explore/trace.hpp"

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace stockcheck::explore {

/// How an execution ended.
enum class ending : std::uint8_t {
  complete,   ///< all tasks ended and the program was settled
  blocked,    ///< a task awaits what another value would have given it; not a finding
  truncated,  ///< a task had more events than allowed: an execution without end, perhaps
  found,      ///< found() says what
};

/// At most one exists in a thread, and runs in that thread only.
class runtime {
 public:
  /// `max_events` bounds the events of a task in one execution. `behind_misuse`: a misuse of memory
  /// ends an execution only when all its tasks have.
  runtime(const code_under_test& code, std::size_t max_events, bool behind_misuse = false);
  runtime(const runtime&) = delete;
  runtime& operator=(const runtime&) = delete;
  ~runtime();

  /// The tasks, and one more thread, the last, for what runs alone: only choices are events there.
  [[nodiscard]] std::size_t nr_threads() const { return code_.nr_tasks + 1; }

  /// Runs the program on the strategy's graph and extends it to a whole execution. `changed` is an
  /// event of the graph that has a new source, or no_event. `on_complete`, if set, sees the program
  /// after it was settled.
  ending run(strategy& how, event_id changed,
             const std::function<void(engine_program&)>& on_complete);
  /// Returns the findings of the last execution: none, one, or several misuses of memory.
  [[nodiscard]] std::span<const engine_finding> found() const { return findings_; }
  /// Says whether that execution left out what its tasks would have done.
  [[nodiscard]] bool was_cut() const { return cut_; }
  /// A remark is what note() was told, with the number of events that each thread had then.
  struct remark {
    std::size_t number = 0;
    execution_graph::prefixes events{};
  };
  /// Returns the remarks of the last execution.
  [[nodiscard]] std::span<const remark> notes() const { return notes_; }
  /// Runs the events of the graph once more, and no other, to learn their sites and names.
  recording record(strategy& how);

  struct counters {
    std::uint64_t resumes = 0;   ///< switches to a task
    std::uint64_t replayed = 0;  ///< events run again
    std::uint64_t fresh = 0;     ///< events added
  };
  [[nodiscard]] counters counted() const {
    return {.resumes = fibers_.resumes(), .replayed = replayed_, .fresh = fresh_};
  }

  // The operations: see operations.hpp -----------------------------------------------------------

  struct outcome {
    std::uint64_t value = 0;  ///< read, or chosen
    bool wrote = false;
  };
  /// The one of the calling thread. Throws std::logic_error if there is none.
  static runtime& current() {
    if (current_ == nullptr) throw_no_execution();
    return *current_;
  }
  static runtime* current_or_null() { return current_; }
  outcome perform(const request& what, const site& at);
  void lock(const request& what, const site& at);
  void await(predicate holds, const site& at);
  /// nullptr if the task's share of memory is used up.
  void* allocate(std::size_t size, std::size_t alignment, fresh_memory fresh, const site& at);
  void release(void* memory, const site& at);
  location_id declare(const void* address, std::size_t width, std::uint64_t value);
  /// The location at an address, of the C interface.
  location_id locate(const void* address, std::size_t width, const site& at);
  [[nodiscard]] std::uint8_t width_of(location_id location) const {
    return locations_[location].width;
  }
  [[nodiscard]] std::size_t task() const { return fibers_.running(); }
  void nest(unsigned context) { self().nested = context; }
  [[nodiscard]] bool concerns_others(location_id location) {
    return contention_.concerns_others(location, task(), self().nested);
  }
  [[nodiscard]] contention& known_contention() { return contention_; }
  [[nodiscard]] bool is_tracing() const { return recording_.has_value(); }
  void name(const name_range& range);
  void note(std::size_t number);
  [[noreturn]] void fail(engine_finding&& what);
  /// Whether an address lies on the stack that is in use.
  [[nodiscard]] bool is_on_stack(const void* address) const { return fibers_.is_on_stack(address); }
  /// Whether code of a task is running, and not the engine's own.
  [[nodiscard]] bool runs_task() const { return fibers_.runs_thread(); }
  /// Ends the running task, which accessed an address that has no memory. What the caller's stack
  /// owns is lost.
  [[noreturn]] void crash(const void* address);

 private:
  enum class status : std::uint8_t {
    ready,
    replaying,  ///< waits until the event it reads from has been run again
    locking,    ///< waits for a mutex
    awaiting,   ///< waits for a predicate
    stopped,    ///< waits for ever
    ended,
  };
  /// What an operation of the code under test does.
  enum class mode : std::uint8_t {
    alone,   ///< acts on plain values, outside of the tasks: sets up, settles, or destroys
    run,     ///< is replayed as far as the graph has the task, then added to the graph
    peek,    ///< is a load of the latest value, for a predicate: nothing is added
    replay,  ///< is replayed; the task stops where the graph ends
  };
  struct thread_state {
    status now = status::ready;
    std::size_t next = 0;             ///< index of the next event
    event_id source = no_event;       ///< for replaying
    location_id mutex = no_location;  ///< for locking, and when it stopped doing so
    bool holds = false;               ///< for awaiting: the predicate, when it was last asked
    bool in_round = false;            ///< evaluates its predicate for good, or stopped after it
    std::size_t round = 0;            ///< index of the first load of that
    site at{};                        ///< where the lock or await stands
    unsigned nested = 0;              ///< context, see contention
  };

  static void throw_no_execution();

  // Executions
  void begin(strategy& how);
  void end();
  bool run_alone(const std::function<void()>& action);
  void run_tasks();
  static void run_thread(void* self);
  void run_task();
  void resume(std::size_t thread) { fibers_.switch_between(scheduler, thread); }
  [[noreturn]] void stop();
  ending judge(const std::function<void(engine_program&)>& on_complete);
  void settle(const std::function<void(engine_program&)>& on_complete);
  void check_setup();
  void check_leaks();

  // Scheduling
  void leave();
  std::size_t schedule();
  [[nodiscard]] std::size_t first_runnable() const;
  [[nodiscard]] bool is_runnable(const thread_state& thread) const;
  std::size_t schedule_late_awaits();
  void poll_awaiting();
  bool wake_awaiting();
  bool force_waiting();
  [[nodiscard]] bool mutex_is_free(location_id mutex) const;
  [[nodiscard]] bool is_stuck_for_good() const;
  [[nodiscard]] engine_finding stuck() const;

  // Operations
  outcome step(const request& what, const site& at);
  outcome perform_alone(const request& what, const site& at);
  void set_alone(location_id location, std::uint64_t value);
  outcome choose_alone(const request& what, const site& at);
  outcome peek(const request& what, const site& at);
  void add(const request& what, const site& at);
  [[nodiscard]] engine_finding difference(const event& recorded, const request& now,
                                          const site& at) const;
  void wait_for(event_id source);
  [[nodiscard]] bool is_at_end() const;
  /// Whether the next operation of the running task is a fresh one, and not replayed.
  [[nodiscard]] bool adds_events() const;
  thread_state& self() { return threads_[task()]; }

  static inline constinit thread_local runtime* current_ = nullptr;
  static constexpr std::size_t scheduler = task_fibers::scheduler;

  const code_under_test& code_;
  std::size_t max_events_;
  bool behind_misuse_;
  task_fibers fibers_;
  arena arena_;
  location_table locations_;
  contention contention_;
  /// The tasks, then the thread that runs alone.
  std::array<thread_state, max_threads> threads_;

  strategy* how_ = nullptr;
  bool interleaves_ = false;  ///< the strategy picks who runs next
  execution_graph* graph_ = nullptr;
  std::unique_ptr<engine_program> program_;
  const std::function<void()>* action_ = nullptr;  ///< what runs alone
  mode mode_ = mode::alone;
  bool truncated_ = false;
  std::size_t polled_at_ = 0;  ///< size of the graph when the awaiting tasks were last asked
  std::vector<engine_finding> findings_;
  std::vector<remark> notes_;
  std::optional<engine_finding> crash_;  ///< a crash of a task, where others go on
  bool cut_ = false;
  std::optional<recording> recording_;  ///< only while record() runs
  std::optional<std::uint64_t> setup_;  ///< digest of what the first set-up declared
  std::uint64_t replayed_ = 0;
  std::uint64_t fresh_ = 0;
};

}  // namespace stockcheck::explore
