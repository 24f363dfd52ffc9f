// SPDX-License-Identifier: GPL-2.0-only
#include "stress/crew.hpp"

#include "model/atomics/violation.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <system_error>
#include <utility>

namespace stockcheck::stress {

crew::crew(const topology& units, kernel::machine<std_atomics>& machine,
           std::vector<crew_member*> members, std::uint64_t seed)
    : units_(units),
      machine_(machine),
      members_(std::move(members)),
      seed_(seed),
      seats_(members_.size()),
      meeting_(static_cast<std::ptrdiff_t>(members_.size()) + 1) {
  threads_.reserve(members_.size());
  try {
    for (unsigned i = 0; i < members_.size(); ++i) threads_.emplace_back([this, i] { serve(i); });
    meeting_.arrive_and_wait();
  } catch (const std::system_error& error) {
    const std::size_t started = threads_.size();
    abandon();
    throw std::system_error(
        error.code(), fmt::format("cannot start thread {} of {}", started + 1, members_.size()));
  } catch (...) {
    abandon();
    throw;
  }
}

crew::~crew() {
  if (!standing_) assemble();
  dismiss();
}

void crew::resume() {
  pause_.store(false, std::memory_order_relaxed);
  standing_ = false;
  meeting_.arrive_and_wait();
}

void crew::assemble() {
  pause_.store(true, std::memory_order_relaxed);
  meeting_.arrive_and_wait();
  standing_ = true;
}

void crew::abandon() {
  // The threads that were started wait at the meeting, which the ones that were not have to leave.
  for (std::size_t i = threads_.size(); i < members_.size(); ++i) meeting_.arrive_and_drop();
  meeting_.arrive_and_wait();
  dismiss();
}

void crew::dismiss() {
  dismissed_ = true;
  meeting_.arrive_and_wait();
  threads_.clear();
}

std::uint64_t crew::operations() const {
  std::uint64_t sum = 0;
  for (const seat& s : seats_) sum += s.operations.load(std::memory_order_relaxed);
  return sum;
}

unsigned crew::pinned() const {
  unsigned sum = 0;
  for (const seat& s : seats_) sum += s.pinned ? 1 : 0;
  return sum;
}

std::optional<failed_expectation> crew::failed() const {
  for (const seat& s : seats_)
    if (s.failed) return s.failed;
  return std::nullopt;
}

void crew::serve(unsigned i) {
  seats_[i].pinned = units_.bind_this_thread(i);
  machine_.enter();
  std_atomics::current().number = i;
  std_atomics::current().random.seed(static_cast<std::minstd_rand::result_type>(seed_ + i));
  meeting_.arrive_and_wait();
  for (;;) {
    meeting_.arrive_and_wait();
    if (dismissed_) return;
    work_until_paused(i);
    meeting_.arrive_and_wait();
  }
}

void crew::work_until_paused(unsigned i) {
  seat& mine = seats_[i];
  std::uint64_t operations = mine.operations.load(std::memory_order_relaxed);
  try {
    do {
      operations += members_[i]->work();
      // Nobody else writes it: no read-modify-write is needed.
      mine.operations.store(operations, std::memory_order_relaxed);
    } while (!pause_.load(std::memory_order_relaxed));
  } catch (const violation& found) {
    mine.failed = found.failed();
    pause_.store(true, std::memory_order_relaxed);
  }
}

}  // namespace stockcheck::stress
