// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/run/threaded_memory.hpp"

#include "kernel_source/run/held_signals.hpp"
#include "kernel_source/run/kernel_object.hpp"
#include "kernel_source/run/memcg_hooks.hpp"
#include "kernel_source/run/object_hooks.hpp"
#include "kernel_source/run/threaded_blocks.hpp"
#include "kernel_source/run/threaded_contexts.hpp"
#include "kernel_source/run/unsupported.hpp"
#include "kernel_source/run/warnings.hpp"
#include "model/atomics/std_atomics.hpp"
#include "model/kernel/machine.hpp"

#include <atomic>
#include <cstdint>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>

namespace stockcheck::kernel_source {

namespace {

using machine = kernel::machine<std_atomics>;

/// Counts a thread's open calls of the kernel's code, and keeps what went wrong first in one.
struct call_state {
  unsigned depth = 0;
  std::exception_ptr first{};
};
call_state& mine() {
  thread_local call_state state;
  return state;
}

/// In the frames of C nothing is thrown.
void note(std::exception_ptr wrong) {
  if (!mine().first) mine().first = std::move(wrong);
}
/// Throws it at once where the scenario runs.
template <class Exception>
void note_or_throw(const Exception& wrong) {
  const held_signals<std_atomics> undisturbed;
  if (mine().depth == 0) throw wrong;
  note(std::make_exception_ptr(wrong));
}

void throw_noted() {
  if (!mine().first) return;
  const held_signals<std_atomics> undisturbed;
  std::rethrow_exception(std::exchange(mine().first, nullptr));
}

failed_expectation failure(oracle kind, const char* what, facts numbers, const explore_site& at) {
  return {kind, what, numbers, source_place{at.file, at.function, at.line}};
}

// Accesses from outside of the object
// -----------------------------------------------------------------------------------------------

order order_of(explore_order of) {
  switch (of) {
    case EXPLORE_PLAIN:
    case EXPLORE_RACY:
    case EXPLORE_RELAXED: return order::relaxed;
    case EXPLORE_ACQUIRE: return order::acquire;
    case EXPLORE_RELEASE: return order::release;
    case EXPLORE_ACQ_REL: return order::acq_rel;
    case EXPLORE_SEQ_CST: return order::seq_cst;
    case EXPLORE_FULL: break;
  }
  return order::full;
}

/// Calls access(cell) with the memory as an atomic of that size.
template <class Access>
auto access_of(const void* address, std::size_t size, Access access) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): a load needs an atomic_ref as well
  void* const cell = const_cast<void*>(address);
  switch (size) {
    case 1: return access(std::atomic_ref{*static_cast<std::uint8_t*>(cell)});
    case 2: return access(std::atomic_ref{*static_cast<std::uint16_t*>(cell)});
    case 4: return access(std::atomic_ref{*static_cast<std::uint32_t*>(cell)});
    default: return access(std::atomic_ref{*static_cast<std::uint64_t*>(cell)});
  }
}

std::uint64_t load(const void* address, std::size_t size, explore_order order,
                   const explore_site*) {
  return access_of(address, size, [order](auto cell) -> std::uint64_t {
    return cell.load(to_std(order_of(order)));
  });
}

void store(void* address, std::size_t size, std::uint64_t value, explore_order order,
           const explore_site*) {
  access_of(address, size, [=](auto cell) {
    using type = typename decltype(cell)::value_type;
    cell.store(static_cast<type>(value), to_std(order_of(order)));
  });
}

std::uint64_t rmw(void* address, std::size_t size, enum explore_rmw op, std::uint64_t operand,
                  explore_order order, const explore_site*) {
  return access_of(address, size, [=](auto cell) -> std::uint64_t {
    const auto with = static_cast<typename decltype(cell)::value_type>(operand);
    return ordered(order_of(order), [&](std::memory_order m) {
      switch (op) {
        case EXPLORE_EXCHANGE: return cell.exchange(with, m);
        case EXPLORE_FETCH_ADD: return cell.fetch_add(with, m);
        case EXPLORE_FETCH_SUB: return cell.fetch_sub(with, m);
        case EXPLORE_FETCH_AND: return cell.fetch_and(with, m);
        case EXPLORE_FETCH_OR: return cell.fetch_or(with, m);
        case EXPLORE_FETCH_XOR: break;
      }
      return cell.fetch_xor(with, m);
    });
  });
}

bool cas(void* address, std::size_t size, std::uint64_t* expected, std::uint64_t desired,
         explore_order success, const explore_site*) {
  return access_of(address, size, [=](auto cell) {
    using type = typename decltype(cell)::value_type;
    auto seen = static_cast<type>(*expected);
    const bool done = ordered(order_of(success), [&](std::memory_order m) {
      return cell.compare_exchange_strong(seen, static_cast<type>(desired), m,
                                          std::memory_order_relaxed);
    });
    if (!done) *expected = seen;
    return done;
  });
}

void fence(explore_order order, const explore_site*) { std_fence(to_std(order_of(order))); }

// What the object calls
// -----------------------------------------------------------------------------------------------

void* alloc(std::size_t size, std::size_t alignment, bool zeroed, const explore_site* at) {
  if (machine::current().allocation_fails()) return nullptr;
  const held_signals<std_atomics> undisturbed;
  return threaded_blocks().add(size, alignment, zeroed, *at);
}

/// Called by destructors as well, and then said at the end of the round.
void free_memory(void* memory, const explore_site* at) {
  const held_signals<std_atomics> undisturbed;
  if (memory != nullptr && !threaded_blocks().free(memory))
    note(std::make_exception_ptr(
        violation(failure(oracle::memory, "memory is freed that is not allocated", {}, *at))));
}

void warn(const char* text, const char* condition, const explore_site* at) {
  const held_signals<std_atomics> undisturbed;
  threaded_platform().expect(false, oracle_of_warning(condition), keep_warning(text, condition), {},
                             at);
}

/// What the scenario asks for is thrown at once: also in the middle of a call, which it interrupts
/// or serves.
void report_absent(const char* what) { throw absent(what); }

/// What the code asks for is thrown when it returns, and what has no place in the code at once.
void report_unsupported(const char* why, const explore_site* at) {
  if (at == nullptr) throw unsupported(why);
  note_or_throw(unsupported(why));
}

const sc_hook_table& threaded_memory() {
  // Hooks that only instrumented code calls are null.
  static const sc_hook_table table{.load = load,
                                   .store = store,
                                   .rmw = rmw,
                                   .cas = cas,
                                   .fence = fence,
                                   .plain_read = nullptr,
                                   .plain_write = nullptr,
                                   .racy = nullptr,
                                   .alloc = alloc,
                                   .free = free_memory,
                                   .ran = nullptr,
                                   .warn = warn,
                                   .absent = report_absent,
                                   .unsupported = report_unsupported,
                                   .contexts = &threaded_contexts::hooks(),
                                   .memcg = &memcg_hooks(),
                                   .objects = &object_hooks()};
  return table;
}

class threaded final : public platform {
 public:
  [[nodiscard]] const sc_hook_table& hooks() const override { return threaded_memory(); }
  void name(const void*, std::size_t, const char*, const char*) override {}

  call_mark begin_call() override {
    ++mine().depth;
    threaded_contexts::begin_call();
    return {.contexts = threaded_contexts::open()};
  }
  void end_call(const call_mark& since) override {
    if (threaded_contexts::open() != since.contexts) {
      expect(false, oracle::scenario, left_in_section, {}, nullptr);
      // Others wait for what is not given back.
      threaded_contexts::leave_down_to(since.contexts);
    }
    threaded_contexts::end_call();
    --mine().depth;
    throw_noted();
  }

  [[nodiscard]] unsigned task() const override { return std_atomics::task(); }
  void expect(bool holds, oracle kind, const char* what, facts numbers,
              const explore_site* at) override {
    if (holds) return;
    const failed_expectation failed =
        failure(kind, what, numbers, at != nullptr ? *at : in_scenario);
    if (!std_atomics::goes_on_behind(failed)) note_or_throw(violation(failed));
  }
  void wait_for_change(const marked_read&, const explore_site*) override {
    std::this_thread::yield();
  }
  [[nodiscard]] bool has_drawn() const override { return threaded_contexts::has_drawn(); }
  [[nodiscard]] const void* remains_of(const void* memory) const override {
    const held_signals<std_atomics> undisturbed;
    return threaded_blocks().remains_of(memory);
  }
  void call_scenario(void (*action)(void*), void* argument) override {
    try {
      action(argument);
    } catch (...) {
      note(std::current_exception());
    }
  }
};

}  // namespace

platform& threaded_platform() {
  static threaded threads;
  return threads;
}

void begin_threaded_execution() {
  mine() = {};
  threaded_contexts::forget();
  forget_memcg();
  forget_objects();
  threaded_blocks().clear();
  kernel_object::current().reset();
}

void end_threaded_execution() {
  throw_noted();
  if (const auto leak = threaded_blocks().leaked())
    throw violation(failure(oracle::memory, "leak: memory was never freed",
                            {{"bytes", static_cast<long>(leak->size)}}, leak->at));
}

}  // namespace stockcheck::kernel_source
