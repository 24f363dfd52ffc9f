#include "checkers/interrupter.hpp"

#include <atomic>
#include <cerrno>
#include <csignal>
#include <system_error>

namespace stockcheck::checkers {

namespace {

/// The program whose task this thread runs, as long as it does.
checks::program*& running_here() {
  thread_local checks::program* running = nullptr;
  return running;
}

void on_signal(int, siginfo_t* info, void*) {
  const int before = errno;
  if (checks::program* const running = running_here())
    running->interrupt(static_cast<std::size_t>(info->si_value.sival_int));
  errno = before;
}

int signal_number() { return SIGRTMIN; }

}  // namespace

interrupter::interrupter(const checks::scenario_info& scenario, std::uint64_t seed)
    : scenario_(scenario),
      random_(static_cast<std::minstd_rand::result_type>(seed + 1)),
      threads_(scenario.nr_tasks()) {
  struct sigaction action{};
  action.sa_sigaction = on_signal;
  // Not deferred: an interrupt may interrupt the handler of a lower one.
  action.sa_flags = SA_SIGINFO | SA_RESTART | SA_NODEFER;
  if (sigaction(signal_number(), &action, nullptr) != 0)
    throw std::system_error(errno, std::generic_category(), "sigaction for interrupts");
}

void interrupter::serve(unsigned task) { threads_.at(task) = pthread_self(); }

void interrupter::begin(checks::program& running) {
  running_here() = &running;
  std::atomic_signal_fence(std::memory_order_seq_cst);
}

void interrupter::end() {
  std::atomic_signal_fence(std::memory_order_seq_cst);
  running_here() = nullptr;
}

void interrupter::round(const checks::program& running) {
  const auto handlers = running.handlers();
  for (std::size_t h = 0; h < handlers.size(); ++h) {
    for (unsigned time = 0; time < handlers[h].times; ++time) {
      pause();
      for (std::size_t task = 0; task < threads_.size(); ++task) {
        const kernel::placement& where = scenario_.task_list.at(task).where;
        if (where.cpu != handlers[h].cpu && where.migrations == 0) continue;
        // A full queue loses the signal: then this interrupt does not come.
        pthread_sigqueue(threads_[task], signal_number(), {.sival_int = static_cast<int>(h)});
      }
    }
  }
}

/// Up to about as long as a task runs and a signal is on its way.
void interrupter::pause() {
  constexpr unsigned longest = 4096;
  for (volatile unsigned left = random_() % longest; left > 0;) left = left - 1;
}

}  // namespace stockcheck::checkers
