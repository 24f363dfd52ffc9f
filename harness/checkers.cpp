// SPDX-License-Identifier: GPL-2.0-only
#include "harness/checkers.hpp"

#include "harness/explore/explore_checker.hpp"
#include "harness/relacy/relacy_checker.hpp"
#include "harness/threads/threads_checker.hpp"

#include <array>
#include <utility>

namespace stockcheck::harness {

namespace {

template <class Checker>
std::unique_ptr<checker> make(programs on) {
  return std::make_unique<Checker>(std::move(on));
}

}  // namespace

std::span<const checker_words> checkers() {
  static constexpr std::array all{
      checker_words{"explore", "every execution of a memory model", explore_checker::work_text,
                    scenario_subject::explored_model, make<explore_checker>},
      checker_words{"relacy", "interleavings and stale reads, bounded", relacy_checker::work_text,
                    scenario_subject::relacy_model, make<relacy_checker>},
      checker_words{"threads", "real threads", threads_checker::work_text,
                    scenario_subject::threaded_model, make<threads_checker>},
  };
  return all;
}

}  // namespace stockcheck::harness
