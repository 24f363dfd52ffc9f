// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/run/explored_memory.hpp"

#include "explore/runtime.hpp"
#include "kernel_source/run/explored_contexts.hpp"
#include "kernel_source/run/kernel_object.hpp"
#include "kernel_source/run/memcg_hooks.hpp"
#include "kernel_source/run/object_hooks.hpp"
#include "kernel_source/run/plain_accesses.hpp"
#include "kernel_source/run/warnings.hpp"
#include "model/atomics/explore_atomics.hpp"
#include "model/kernel/interruptible.hpp"

#include <array>
#include <string>
#include <utility>

namespace stockcheck::kernel_source {

namespace {

using machine = kernel::machine<explored_atomics>;

/// Holds what each task read last with a mark.
std::array<marked_read, explore::max_threads> last_reads{};

std::uint64_t load(const void* address, std::size_t size, explore_order order,
                   const explore_site* at) {
  before_access(address, size, at);
  const std::uint64_t value = explore_load(address, size, order, at);
  last_reads.at(explore::task()) = {address, size, value};
  return value;
}

void store(void* address, std::size_t size, std::uint64_t value, explore_order order,
           const explore_site* at) {
  before_access(address, size, at);
  explore_store(address, size, value, order, at);
}

std::uint64_t rmw(void* address, std::size_t size, enum explore_rmw op, std::uint64_t operand,
                  explore_order order, const explore_site* at) {
  before_access(address, size, at);
  return ::explore_rmw(address, size, op, operand, order, at);
}

bool cas(void* address, std::size_t size, std::uint64_t* expected, std::uint64_t desired,
         explore_order success, const explore_site* at) {
  before_access(address, size, at);
  return explore_cas(address, size, expected, desired, success, EXPLORE_RELAXED, at);
}

void fence(explore_order order, const explore_site* at) {
  perform_writes();
  machine::current().interrupt_point([] { return true; });
  explore_fence(order, at);
}

void begin_or_end_race(bool begins) {
  perform_writes();
  set_racy(begins);
}

void* alloc(std::size_t size, std::size_t alignment, bool zeroed, const explore_site* at) {
  perform_writes();
  if (machine::current().allocation_fails()) return nullptr;
  return explore_alloc(size, alignment, zeroed, at);
}

void free_memory(void* memory, const explore_site* at) {
  perform_writes();
  explore_free(memory, at);
}

void ran(const void* pc) {
  if (kernel_object* const object = kernel_object::current_or_null(); object != nullptr)
    object->ran(pc);
}

void warn(const char* text, const char* condition, const explore_site* at) {
  perform_writes();
  explored_platform().expect(false, oracle_of_warning(condition), keep_warning(text, condition), {},
                             at);
}

void absent(const char* what) { explore_absent(what, nullptr); }
void unsupported(const char* why, const explore_site* at) { explore_unsupported(why, at); }

const sc_hook_table& explored_memory() {
  static const sc_hook_table table{.load = load,
                                   .store = store,
                                   .rmw = rmw,
                                   .cas = cas,
                                   .fence = fence,
                                   .plain_read = plain_read,
                                   .plain_write = plain_write,
                                   .racy = begin_or_end_race,
                                   .alloc = alloc,
                                   .free = free_memory,
                                   .ran = ran,
                                   .warn = warn,
                                   .absent = absent,
                                   .unsupported = unsupported,
                                   .contexts = &explored_contexts::hooks(),
                                   .memcg = &memcg_hooks(),
                                   .objects = &object_hooks()};
  return table;
}

class explored final : public platform {
 public:
  [[nodiscard]] const sc_hook_table& hooks() const override { return explored_memory(); }
  void name(const void* object, std::size_t size, const char* owner, const char* name) override {
    explore_name(object, size, owner, name);
  }
  call_mark begin_call() override {
    perform_writes();
    explored_contexts::begin_call();
    return {explored_contexts::open(), set_racy(false)};
  }
  void end_call(const call_mark& since) override {
    perform_writes();
    expect(explored_contexts::open() == since.contexts, oracle::scenario, left_in_section, {},
           nullptr);
    explored_contexts::end_call();
    set_racy(since.racy);
  }

  static_assert(explore::max_threads <= max_running_tasks);
  [[nodiscard]] unsigned task() const override { return static_cast<unsigned>(explore::task()); }
  void expect(bool holds, oracle kind, const char* what, facts numbers,
              const explore_site* at) override {
    if (holds) return;
    const explore_site where = at == nullptr ? in_scenario : *at;
    const source_place place{where.file, where.function, where.line};
    if (!explore_atomics::goes_on_behind({kind, what, numbers, place})) explore_fail(what, at);
  }
  void give_up(oracle kind, const char* what, const explore_site* at) override {
    expect(false, kind, what, {}, at);
    explore_fail(what, at);
  }
  void perform_writes() override { kernel_source::perform_writes(); }
  marked_read last_read() override { return last_reads.at(task()); }
  void wait_for_change(const marked_read& of, const explore_site* at) override {
    perform_writes();
    struct asked {
      marked_read read{};
      const explore_site* at = nullptr;
    } argument{of, at};
    explore_block(
        [](void* a) {
          const auto& [read, where] = *static_cast<const asked*>(a);
          return explore_load(read.address, read.size, EXPLORE_RELAXED, where) != read.value;
        },
        &argument, at);
  }
  [[nodiscard]] bool has_drawn() const override { return explored_contexts::has_drawn(); }
};

}  // namespace

void before_access(const void* address, std::size_t size, const explore_site* at) {
  perform_writes();
  machine::current().interrupt_point([&] {
    return explore::is_contended(
        explore::runtime::current().locate(address, size, {at->file, at->function, at->line}));
  });
}

platform& explored_platform() {
  static explored engine;
  return engine;
}

void begin_execution() {
  forget_plain_accesses();
  explored_contexts::forget();
  forget_memcg();
  forget_objects();
  kernel_object::current().reset();
}

bool code_has_drawn() { return explored_contexts::has_ever_drawn(); }

}  // namespace stockcheck::kernel_source
