// SPDX-License-Identifier: GPL-2.0-only
#include "coverage/call_record.hpp"

#include "checks/base/scenario.hpp"
#include "explore/operations.hpp"

#include <cxxabi.h>
#include <dlfcn.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <ostream>
#include <stdexcept>
#include <string>

namespace stockcheck::coverage {

namespace {

/// A set of numbers other than 0 with a fixed capacity, in static memory.
template <std::size_t Bits>
class fixed_set {
 public:
  static constexpr std::size_t capacity = std::size_t{1} << Bits;

  /// Where it is; `capacity` if there is no room.
  std::size_t insert(std::uint64_t number) {
    constexpr std::uint64_t golden_ratio = 0x9e3779b97f4a7c15;
    std::size_t at = (number * golden_ratio) >> (64 - Bits);
    for (std::size_t tried = 0; tried < capacity / 2; ++tried, at = (at + 1) % capacity) {
      if (numbers_[at] == number) return at;
      if (numbers_[at] != 0) continue;
      numbers_[at] = number;
      return at;
    }
    return capacity;
  }
  [[nodiscard]] std::uint64_t operator[](std::size_t at) const { return numbers_[at]; }

 private:
  std::array<std::uint64_t, capacity> numbers_{};
};

/// Behind the tasks: what runs alone.
constexpr std::size_t alone = checks::max_tasks;
constexpr unsigned task_bits = 3;
constexpr unsigned function_bits = 16;

fixed_set<function_bits> functions;  ///< their addresses
fixed_set<20> calls;                 ///< see packed()
/// Counts for each task the handlers that are running on top of it.
std::array<unsigned, alone + 1> handlers{};
bool is_full = false;

/// `function` is a place in `functions`.
std::uint64_t packed(std::size_t scenario, std::size_t task, bool in_handler,
                     std::size_t function) {
  std::uint64_t number = scenario + 1;  // so that no call is 0
  number = number << task_bits | task;
  number = number << 1U | (in_handler ? 1U : 0U);
  return number << function_bits | function;
}

/// Mangled; empty for a function whose name is not known outside of its file.
const char* symbol_of(std::uint64_t address) {
  // NOLINTNEXTLINE(performance-no-int-to-ptr): an address that was stored as a number
  void* const function = reinterpret_cast<void*>(address);
  Dl_info found{};
  return dladdr(function, &found) == 0 || found.dli_saddr != function ? "" : found.dli_sname;
}
std::string name_of(std::size_t place) {
  const char* const symbol = symbol_of(functions[place]);
  int status = 0;
  const std::unique_ptr<char, decltype(&std::free)> name(
      abi::__cxa_demangle(symbol, nullptr, nullptr, &status), &std::free);
  return status == 0 ? name.get() : symbol;
}

/// Whether it is machine::interrupt(), which runs a handler. Looked up the first time.
bool runs_handler(std::size_t place) {
  enum class answer : std::uint8_t { unknown, no, yes };
  static std::array<answer, decltype(functions)::capacity> answers{};
  answer& known = answers.at(place);
  if (known == answer::unknown) {
    const char* const symbol = symbol_of(functions[place]);
    const bool is_it = std::strstr(symbol, "7machineI") != nullptr &&
                       std::strstr(symbol, "E9interruptEm") != nullptr;
    known = is_it ? answer::yes : answer::no;
  }
  return known == answer::yes;
}

std::size_t place_of(void* function) {
  return functions.insert(reinterpret_cast<std::uintptr_t>(function));
}

}  // namespace

call_record& call_record::instance() {
  static call_record one;
  return one;
}

std::size_t call_record::running_task() const {
  const std::size_t task = explore::task();
  return task < nr_tasks_ ? task : alone;
}

void call_record::begin_scenario(std::size_t number, std::size_t nr_tasks) {
  if (number > UINT16_MAX) throw std::runtime_error("too many scenarios to record their calls");
  scenario_ = number;
  nr_tasks_ = nr_tasks;
}

void call_record::begin_execution() {
  // One that ended with a finding left its functions without a word.
  handlers = {};
  is_running_ = true;
}

void call_record::enter(void* function) {
  if (!is_running_) return;
  const std::size_t task = running_task();
  const std::size_t place = place_of(function);
  if (place == functions.capacity ||
      calls.insert(packed(scenario_, task, handlers.at(task) > 0, place)) == calls.capacity) {
    is_full = true;
    return;
  }
  if (runs_handler(place)) ++handlers.at(task);
}

void call_record::leave(void* function) {
  if (!is_running_) return;
  const std::size_t place = place_of(function);
  if (place != functions.capacity && runs_handler(place)) --handlers.at(running_task());
}

void call_record::write(std::ostream& to) const {
  if (is_full) throw std::runtime_error("there were more calls than the record has room for");
  constexpr auto low_bits = [](std::uint64_t number, unsigned bits) {
    return number & ((std::uint64_t{1} << bits) - 1);
  };
  for (std::size_t at = 0; at < calls.capacity; ++at) {
    std::uint64_t number = calls[at];
    if (number == 0) continue;
    const std::string function = name_of(low_bits(number, function_bits));
    number >>= function_bits;
    const bool in_handler = low_bits(number, 1) != 0;
    number >>= 1U;
    const std::size_t task = low_bits(number, task_bits);
    number >>= task_bits;
    if (function.empty()) continue;
    to << "call\t" << number - 1 << '\t' << (task == alone ? "alone" : std::to_string(task)) << '\t'
       << (in_handler ? "handler" : "task") << '\t' << function << '\n';
  }
}

}  // namespace stockcheck::coverage

extern "C" {
// NOLINTBEGIN(bugprone-reserved-identifier): the names that the compiler calls
void __cyg_profile_func_enter(void* function, void* call_site);
void __cyg_profile_func_exit(void* function, void* call_site);

void __cyg_profile_func_enter(void* function, void*) {
  stockcheck::coverage::call_record::instance().enter(function);
}
void __cyg_profile_func_exit(void* function, void*) {
  stockcheck::coverage::call_record::instance().leave(function);
}
// NOLINTEND(bugprone-reserved-identifier)
}
