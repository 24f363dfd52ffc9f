#include "checkers/round_watch.hpp"

#include <ctime>

namespace stockcheck::checkers {

bool round_watch::is_stuck(std::uint64_t rounds_done) {
  // Tasks that sleep: so much longer by the clock.
  constexpr double asleep = 6;
  if (rounds_done != rounds_done_) {
    rounds_done_ = rounds_done;
    since_ = processor_time();
    asked_ = 0;
    return false;
  }
  ++asked_;
  return processor_time() - since_ >= patience_ || asked_ * seconds(period) >= asleep * patience_;
}

round_watch::seconds round_watch::processor_time() {
  timespec used{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  return std::chrono::seconds(used.tv_sec) + std::chrono::nanoseconds(used.tv_nsec);
}

}  // namespace stockcheck::checkers
