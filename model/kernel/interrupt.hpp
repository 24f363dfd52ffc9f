// SPDX-License-Identifier: GPL-2.0-only
// Interrupt handlers: what a scenario registers on a CPU, and when it may nest on a task.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <exception>

namespace stockcheck::kernel {

/// What a CPU executes. A higher one interrupts a lower one, on its stack, and runs to its end.
enum class context : std::uint8_t { task, softirq, hardirq };

/// A handler. It is not a task: it borrows the task that it interrupts.
struct interrupt_handler {
  unsigned cpu = 0;
  context level = context::hardirq;
  unsigned times = 1;  ///< how often it may interrupt each task on its CPU
  void (*run)(void* argument) = nullptr;
  void* argument = nullptr;
};

inline constexpr std::size_t max_handlers = 2;

/// What decides whether a task on a CPU can be interrupted.
struct interrupt_state {
  context now = context::task;
  unsigned irqs_off = 0;                      ///< depth of local_irq_save()
  unsigned softirqs_off = 0;                  ///< depth of local_bh_disable()
  std::array<unsigned, max_handlers> left{};  ///< how often each handler may still come

  // On real threads, where interrupts are signals:
  unsigned held_back = 0;     ///< above 0: signals wait even where the kernel would let them in
  unsigned pending = 0;       ///< a bit for each handler that came and could not run yet
  unsigned came = 0;          ///< handlers that interrupted the task
  std::exception_ptr failed;  ///< the first handler that threw did this

  [[nodiscard]] bool admits(context level) const {
    if (level <= now || irqs_off > 0) return false;
    return level == context::hardirq || softirqs_off == 0;
  }
};

}  // namespace stockcheck::kernel
