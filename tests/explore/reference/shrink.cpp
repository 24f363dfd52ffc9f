// SPDX-License-Identifier: GPL-2.0-only
// A greedy search: every change that keeps the failure is kept, until none does.
#include "tests/explore/reference/shrink.hpp"

#include <utility>

namespace stockcheck::explore::reference {
namespace {

class shrinker {
 public:
  shrinker(litmus_program program, const std::function<bool(const litmus_program&)>& fails)
      : program_{std::move(program)}, fails_{fails} {}

  litmus_program run() {
    while (drop_threads() || drop_instructions() || simplify_instructions() || drop_location()) {
    }
    return program_;
  }

 private:
  bool keep_if_failing(litmus_program candidate) {
    if (candidate == program_ || !fails_(candidate)) return false;
    program_ = std::move(candidate);
    return true;
  }

  bool drop_threads() {
    bool dropped = false;
    for (std::size_t thread = program_.threads.size(); thread-- > 0;) {
      litmus_program candidate{program_};
      candidate.threads.erase(candidate.threads.begin() + static_cast<std::ptrdiff_t>(thread));
      dropped = keep_if_failing(std::move(candidate)) || dropped;
    }
    return dropped;
  }

  bool drop_instructions() {
    bool dropped = false;
    for (std::size_t thread = 0; thread < program_.threads.size(); ++thread) {
      for (std::size_t position = program_.threads[thread].size(); position-- > 0;) {
        litmus_program candidate{program_};
        auto& code = candidate.threads[thread];
        code.erase(code.begin() + static_cast<std::ptrdiff_t>(position));
        dropped = keep_if_failing(std::move(candidate)) || dropped;
      }
    }
    return dropped;
  }

  bool simplify_instructions() {
    bool simpler = false;
    for (std::size_t thread = 0; thread < program_.threads.size(); ++thread) {
      for (std::size_t position = 0; position < program_.threads[thread].size(); ++position) {
        simpler = simplify(thread, position) || simpler;
      }
    }
    return simpler;
  }

  bool simplify(std::size_t thread, std::size_t position) {
    const auto change = [&](auto edit) {
      litmus_program candidate{program_};
      edit(candidate.threads[thread][position]);
      return keep_if_failing(std::move(candidate));
    };
    bool simpler = change([](instruction& step) { step.only_if.reset(); });
    simpler = change([](instruction& step) { step.plus_last_read = false; }) || simpler;
    simpler = change(weaken) || simpler;
    simpler =
        change([](instruction& step) { step.failure_order = memory_order::relaxed; }) || simpler;
    simpler = change(replace) || simpler;
    return change([](instruction& step) {
             if (step.value > 1) --step.value;
           }) ||
           simpler;
  }

  /// Fences only get weaker while they are fences at all; plain accesses are what a race is about.
  static void weaken(instruction& step) {
    if (step.code != opcode::fence) {
      step.order = step.order == memory_order::plain ? step.order : memory_order::relaxed;
    } else if (step.order == memory_order::full) {
      step.order = memory_order::seq_cst;
    } else if (step.order == memory_order::seq_cst) {
      step.order = memory_order::acq_rel;
    }
  }

  /// An update becomes the load or store that it contains, a CAS the exchange.
  static void replace(instruction& step) {
    if (step.code == opcode::compare_exchange) {
      step.code = opcode::exchange;
    } else if (step.code == opcode::exchange || step.code == opcode::fetch_add) {
      step.code = opcode::store;
    }
    if (step.code == opcode::store && step.order == memory_order::full) {
      step.order = memory_order::seq_cst;
    }
  }

  /// Takes out a location that nothing uses, and renumbers those after it.
  bool drop_location() {
    for (std::uint32_t location = program_.locations; location-- > 0;) {
      litmus_program candidate{program_};
      --candidate.locations;
      bool used = false;
      for (auto& code : candidate.threads) {
        for (instruction& step : code) {
          if (step.code == opcode::fence || step.code == opcode::choose) continue;
          used = used || step.location == location;
          if (step.location > location) --step.location;
        }
      }
      if (!used && keep_if_failing(std::move(candidate))) return true;
    }
    return false;
  }

  litmus_program program_;
  const std::function<bool(const litmus_program&)>& fails_;
};

}  // namespace

litmus_program shrink(litmus_program program,
                      const std::function<bool(const litmus_program&)>& fails) {
  return shrinker{std::move(program), fails}.run();
}

}  // namespace stockcheck::explore::reference
