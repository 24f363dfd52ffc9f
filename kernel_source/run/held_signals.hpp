// SPDX-License-Identifier: GPL-2.0-only
// What a thread does without signals: what a handler would find half done.
#pragma once

#include "model/kernel/machine.hpp"

namespace stockcheck::kernel_source {

/// While it exists, interrupts that are signals wait; then they come, where the kernel's code lets
/// them. On model checkers it does nothing.
template <atomics_policy A>
class held_signals {
 public:
  held_signals() : on_(kernel::machine<A>::current_or_null()) {
    if (on_ != nullptr) on_->hold_signals(on_->self());
  }
  held_signals(const held_signals&) = delete;
  held_signals& operator=(const held_signals&) = delete;
  ~held_signals() {
    if (on_ == nullptr) return;
    on_->let_signals_in(on_->self());
    if (on_->self().interrupts.held_back == 0) on_->run_pending(on_->self());
  }

 private:
  kernel::machine<A>* on_;
};

}  // namespace stockcheck::kernel_source
