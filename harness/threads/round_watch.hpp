// SPDX-License-Identifier: GPL-2.0-only
// Notices that rounds do not come to an end any more.
#pragma once

#include <chrono>
#include <cstdint>

namespace stockcheck::harness {

/// What counts is the processor time of the whole process, that of the system for it included: on a
/// busy machine a round may take long. Tasks that all sleep use none: for these it is the number of
/// times that the watch was asked, so that a process that was stopped is not taken for one of them.
class round_watch {
 public:
  using seconds = std::chrono::duration<double>;

  /// How often it is to be asked.
  static constexpr std::chrono::milliseconds period{100};

  /// `patience` of processor time for a round.
  explicit round_watch(seconds patience);

  /// Whether the round after so many takes too long.
  bool is_stuck(std::uint64_t rounds_done);

 private:
  seconds patience_;
  std::uint64_t rounds_done_ = 0;
  seconds since_;
  unsigned asked_ = 0;
};

}  // namespace stockcheck::harness
