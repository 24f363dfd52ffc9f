// SPDX-License-Identifier: GPL-2.0-only
#include "harness/threads/round_watch.hpp"

#include "harness/processor_time.hpp"

namespace stockcheck::harness {

round_watch::round_watch(seconds patience) : patience_(patience), since_(processor_time()) {}

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

}  // namespace stockcheck::harness
