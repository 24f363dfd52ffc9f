// SPDX-License-Identifier: GPL-2.0-only
// Two tasks add 1 to a number, by a load and a store, or in one step. Says in how many executions,
// and whether one of them loses an addition.
#include "explore/exploration.hpp"
#include "explore/operations.hpp"

#include <cstdint>
#include <cstdio>
#include <memory>

namespace {

using namespace stockcheck::explore;

constexpr site here{__FILE__, "add", 0};

template <bool InOneStep>
struct adding final : engine_program {
  std::uint32_t number = 0;
  location_id location = declare(&number, sizeof number, 0);

  void task(std::size_t) override {
    if (InOneStep) {
      read_modify_write(operation::fetch_add, location, 1, memory_order::relaxed, here);
    } else {
      const std::uint64_t seen = load(location, memory_order::relaxed, here);
      store(location, seen + 1, memory_order::relaxed, here);
    }
  }
  void settle() override {
    if (load(location, memory_order::relaxed, here) != 2) fail("an addition was lost", here);
  }
};

/// Prints what was found. Returns whether all executions were explored without a finding.
template <bool InOneStep>
bool is_right(const char* how) {
  const exploration done =
      explore({2, [] { return std::make_unique<adding<InOneStep>>(); }}, settings{});
  std::printf("%s: %s (complete executions: %llu)\n", how,
              done.finding ? done.finding->what.c_str() : "nothing is lost",
              static_cast<unsigned long long>(done.complete));
  return done.is_proof(settings{});
}

}  // namespace

int main() {
  const bool in_two = is_right<false>("by a load and a store");
  const bool in_one = is_right<true>("in one step");
  return !in_two && in_one ? 0 : 1;
}
