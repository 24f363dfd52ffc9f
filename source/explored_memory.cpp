#include "source/explored_memory.hpp"

#include "explore/runtime.hpp"
#include "model/atomics/explore_atomics.hpp"
#include "model/kernel/interruptible.hpp"
#include "model/kernel/preempt.hpp"
#include "source/kernel_object.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace stockcheck::source {

namespace {

using atomics = kernel::interruptible<explore_atomics>;
using machine = kernel::machine<atomics>;

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

std::set<std::pair<std::string, unsigned>, std::less<>> passed_over;

/// Also while the object is loaded.
bool is_alone() {
  const machine* const on = machine::current_or_null();
  return on == nullptr || on->is_booting();
}

void perform_pending_writes() {
  if (pending.empty()) return;
  for (const pending_write& w : std::exchange(pending, {})) {
    std::uint64_t value = 0;
    std::memcpy(&value, w.to, w.size);
    explore_store(w.to, w.size, value, w.order, &w.at);
  }
}

/// Before an access of a task: the code's own writes come first, and then interrupts may.
void point(const void* address, std::size_t size, const explore_site* at) {
  perform_pending_writes();
  machine::current().interrupt_point([&] {
    return explore::is_contended(
        explore::runtime::current().locate(address, size, {at->file, at->function, at->line}));
  });
}

explore_site site_of(const void* pc) {
  const explore::site& at = kernel_object::current().lines().caller(pc);
  return {at.file, at.function, at.line};
}

explore_order order_at(const explore_site& at) {
  if (racy.at(explore::task())) return EXPLORE_RACY;
  if (!passed_over.empty() && passed_over.contains({at.file, at.line})) return EXPLORE_RACY;
  return EXPLORE_PLAIN;
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
  point(address, size, at);
  return explore_load(address, size, order, at);
}

void store(void* address, std::size_t size, std::uint64_t value, explore_order order,
           const explore_site* at) {
  point(address, size, at);
  explore_store(address, size, value, order, at);
}

std::uint64_t rmw(void* address, std::size_t size, enum explore_rmw op, std::uint64_t operand,
                  explore_order order, const explore_site* at) {
  point(address, size, at);
  return ::explore_rmw(address, size, op, operand, order, at);
}

bool cas(void* address, std::size_t size, std::uint64_t* expected, std::uint64_t desired,
         explore_order success, const explore_site* at) {
  point(address, size, at);
  return explore_cas(address, size, expected, desired, success, EXPLORE_RELAXED, at);
}

void fence(explore_order order, const explore_site* at) {
  perform_pending_writes();
  machine::current().interrupt_point([] { return true; });
  explore_fence(order, at);
}

void plain_read(void* address, std::size_t size, const void* pc) {
  if (is_alone()) return;
  perform_pending_writes();
  if (explore_on_stack(address)) return;
  const explore_site at = site_of(pc);
  const explore_order order = order_at(at);
  for_each_word(static_cast<char*>(address), size, [&](char* word, std::size_t width) {
    point(word, width, &at);
    const std::uint64_t value = explore_load(word, width, order, &at);
    // What cannot be written holds the value.
    if (std::memcmp(word, &value, width) != 0) std::memcpy(word, &value, width);
  });
}

void plain_write(void* address, std::size_t size, const void* pc) {
  if (is_alone()) return;
  perform_pending_writes();
  if (explore_on_stack(address)) return;
  const explore_site at = site_of(pc);
  const explore_order order = order_at(at);
  for_each_word(static_cast<char*>(address), size, [&](char* word, std::size_t width) {
    point(word, width, &at);
    // Before the code writes there: the engine looks at what was there.
    explore::runtime::current().locate(word, width, {at.file, at.function, at.line});
  });
  for_each_word(static_cast<char*>(address), size, [&](char* word, std::size_t width) {
    pending.push_back({word, width, at, order});
  });
}

void set_racy(bool begins) {
  perform_pending_writes();
  racy.at(explore::task()) = begins;
}

void* alloc(std::size_t size, std::size_t alignment, bool zeroed, const explore_site* at) {
  perform_pending_writes();
  if (machine::current().allocation_fails()) return nullptr;
  return explore_alloc(size, alignment, zeroed, at);
}

void free_memory(void* memory, const explore_site* at) {
  perform_pending_writes();
  explore_free(memory, at);
}

unsigned this_cpu(const explore_site*) { return machine::current().self().where.cpu; }
unsigned nr_cpus() { return machine::current().nr_cpus(); }

/// preempt_disable() and its like, which are no guards in C: of each task, those that it is in.
/// What an execution left behind when it ended is not destroyed.
template <class Guard>
class open_sections {
 public:
  void enter() { ::new (slots_.at(depth_++).data()) Guard(location{}); }
  void leave() { std::launder(reinterpret_cast<Guard*>(slots_.at(--depth_).data()))->~Guard(); }
  void forget() { depth_ = 0; }

 private:
  static constexpr std::size_t max_depth = 8;
  struct alignas(Guard) slot : std::array<std::byte, sizeof(Guard)> {};
  std::array<slot, max_depth> slots_;
  std::size_t depth_ = 0;
};
std::array<open_sections<kernel::preempt_guard<atomics>>, explore::max_threads> preempt_off;

void preempt(bool off, const explore_site*) {
  perform_pending_writes();
  if (off)
    preempt_off.at(explore::task()).enter();
  else
    preempt_off.at(explore::task()).leave();
}

void ran(const void* pc) {
  if (kernel_object* const object = kernel_object::current_or_null(); object != nullptr)
    object->ran(pc);
}

void warn(const char* text, const explore_site* at) {
  perform_pending_writes();
  const bool is_underflow = std::string_view{text}.find("underflow") != std::string_view::npos;
  const oracle kind = is_underflow ? oracle::underflow : oracle::scenario;
  if (explore_atomics::passed_over() == kind) return;
  explore_atomics::failed().emplace(kind, text, facts{},
                                    source_place{at->file, at->function, at->line});
  explore_fail(text, at);
}

void unsupported(const char* what, const explore_site* at) { explore_unsupported(what, at); }

}  // namespace

const sc_hook_table& explored_memory() {
  static constexpr sc_hook_table table{.load = load,
                                       .store = store,
                                       .rmw = rmw,
                                       .cas = cas,
                                       .fence = fence,
                                       .plain_read = plain_read,
                                       .plain_write = plain_write,
                                       .racy = set_racy,
                                       .alloc = alloc,
                                       .free = free_memory,
                                       .this_cpu = this_cpu,
                                       .nr_cpus = nr_cpus,
                                       .preempt = preempt,
                                       .ran = ran,
                                       .warn = warn,
                                       .unsupported = unsupported};
  return table;
}

kernel_call::kernel_call() : racy_before_(std::exchange(racy.at(explore::task()), false)) {}
kernel_call::~kernel_call() {
  perform_pending_writes();
  racy.at(explore::task()) = racy_before_;
}

void begin_execution() {
  pending.clear();
  racy.fill(false);
  for (auto& sections : preempt_off) sections.forget();
  kernel_object::current().reset();
}

bool pass_over_races_of(std::string_view file, unsigned line) {
  return passed_over.emplace(std::string(file), line).second;
}
void pass_over_no_races() { passed_over.clear(); }

}  // namespace stockcheck::source
