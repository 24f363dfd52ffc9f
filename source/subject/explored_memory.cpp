#include "source/subject/explored_memory.hpp"

#include "explore/runtime.hpp"
#include "model/atomics/explore_atomics.hpp"
#include "model/kernel/interruptible.hpp"
#include "source/subject/endless_loop_watch.hpp"
#include "source/subject/explored_contexts.hpp"
#include "source/subject/kernel_object.hpp"
#include "source/subject/memcg_hooks.hpp"
#include "source/subject/object_hooks.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace stockcheck::source {

namespace {

using machine = kernel::machine<explored_atomics>;

/// What the compiled code is about to write: its values are in memory when it does anything else.
struct pending_write {
  char* to = nullptr;
  std::size_t size = 0;
  explore_site at{};
  explore_order order = EXPLORE_PLAIN;
};
// Nothing runs between a write and the next call of a hook: one list serves all tasks.
std::vector<pending_write> pending;

/// Of each task, whether it is in a data_race().
std::array<bool, explore::max_threads> racy{};

/// Of each task, what it read last with a mark.
std::array<marked_read, explore::max_threads> last_reads{};

/// A line of a file. Few are passed over, and all accesses are compared with them.
struct source_position {
  std::string file;
  unsigned line = 0;
};
std::vector<source_position> passed_over;
bool is_passed_over(std::string_view file, unsigned line) {
  return std::ranges::any_of(
      passed_over, [&](const auto& known) { return known.line == line && known.file == file; });
}

/// Also while the object is loaded.
bool is_alone() {
  const machine* const on = machine::current_or_null();
  return on == nullptr || on->is_booting();
}

explore_site site_of(const void* pc) {
  const explore::site& at = kernel_object::current().lines().caller(pc);
  return {at.file, at.function, at.line};
}

explore_order order_at(const explore_site& at) {
  if (racy.at(explore::task())) return EXPLORE_RACY;
  if (is_passed_over(at.file, at.line)) return EXPLORE_RACY;
  return EXPLORE_PLAIN;
}

struct plain_access {
  explore_site at;
  explore_order order;
};

/// What an unmarked access is to the engine; nullopt if it concerns the running code alone.
std::optional<plain_access> shared_access(const void* address, const void* pc) {
  if (is_alone()) return std::nullopt;
  perform_writes();
  if (explore_on_stack(address)) return std::nullopt;
  const explore_site at = site_of(pc);
  return plain_access{at, order_at(at)};
}

/// Calls visit(address, size) for the aligned words that a range consists of.
template <class Visit>
void for_each_word(char* begin, std::size_t size, Visit visit) {
  while (size > 0) {
    std::size_t width = sizeof(std::uint64_t);
    while (width > size || reinterpret_cast<std::uintptr_t>(begin) % width != 0) width /= 2;
    visit(begin, width);
    begin += width;
    size -= width;
  }
}

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

void plain_read(void* address, std::size_t size, const void* pc) {
  const std::optional<plain_access> access = shared_access(address, pc);
  if (!access) return;
  const auto& [at, order] = *access;
  for_each_word(static_cast<char*>(address), size, [&](char* word, std::size_t width) {
    before_access(word, width, &at);
    const std::uint64_t value = explore_load(word, width, order, &at);
    // What cannot be written holds the value.
    if (std::memcmp(word, &value, width) != 0) std::memcpy(word, &value, width);
  });
}

void plain_write(void* address, std::size_t size, const void* pc) {
  const std::optional<plain_access> access = shared_access(address, pc);
  if (!access) return;
  const auto& [at, order] = *access;
  for_each_word(static_cast<char*>(address), size, [&](char* word, std::size_t width) {
    before_access(word, width, &at);
    // Before the code writes there: the engine looks at what was there.
    explore::runtime::current().locate(word, width, {at.file, at.function, at.line});
  });
  for_each_word(static_cast<char*>(address), size, [&](char* word, std::size_t width) {
    pending.push_back({word, width, at, order});
  });
}

void set_racy(bool begins) {
  perform_writes();
  racy.at(explore::task()) = begins;
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

/// A finding keeps the text after the execution.
const char* keep(const char* text) {
  static std::set<std::string> texts;
  return texts.emplace(text).first->c_str();
}

void warn(const char* text, const explore_site* at) {
  perform_writes();
  explored_platform().expect(false, oracle_of_warning(text), keep(text), {}, at);
}

void unsupported(const char* what, const explore_site* at) { explore_unsupported(what, at); }

const sc_hook_table& explored_memory() {
  static const sc_hook_table table{.load = load,
                                   .store = store,
                                   .rmw = rmw,
                                   .cas = cas,
                                   .fence = fence,
                                   .plain_read = plain_read,
                                   .plain_write = plain_write,
                                   .racy = set_racy,
                                   .alloc = alloc,
                                   .free = free_memory,
                                   .ran = ran,
                                   .warn = warn,
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
    return {explored_contexts::open(), std::exchange(racy.at(task()), false)};
  }
  void end_call(const call_mark& since) override {
    perform_writes();
    expect(explored_contexts::open() == since.contexts, oracle::scenario, left_in_section, {},
           nullptr);
    racy.at(task()) = since.racy;
  }

  static_assert(explore::max_threads <= max_running_tasks);
  [[nodiscard]] unsigned task() const override { return static_cast<unsigned>(explore::task()); }
  void expect(bool holds, oracle kind, const char* what, facts numbers,
              const explore_site* at) override {
    if (holds || explore_atomics::passed_over() == kind) return;
    const explore_site where = at == nullptr ? in_scenario : *at;
    explore_atomics::failed().emplace(kind, what, numbers,
                                      source_place{where.file, where.function, where.line});
    explore_fail(what, at);
  }
  void give_up(oracle kind, const char* what, const explore_site* at) override {
    expect(false, kind, what, {}, at);
    explore_fail(what, at);
  }
  void perform_writes() override { source::perform_writes(); }
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
  void reference_goes() override { explored_contexts::reference_goes(); }
};

}  // namespace

void perform_writes() {
  engine_was_asked();
  if (pending.empty()) return;
  for (const pending_write& w : std::exchange(pending, {})) {
    std::uint64_t value = 0;
    std::memcpy(&value, w.to, w.size);
    explore_store(w.to, w.size, value, w.order, &w.at);
  }
}

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
  pending.clear();
  racy.fill(false);
  explored_contexts::forget();
  forget_memcg();
  forget_objects();
  kernel_object::current().reset();
}

bool pass_over_races_of(std::string_view file, unsigned line) {
  if (is_passed_over(file, line)) return false;
  passed_over.push_back({std::string(file), line});
  return true;
}
void pass_over_no_races() { passed_over.clear(); }

}  // namespace stockcheck::source
