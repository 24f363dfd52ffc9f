// SPDX-License-Identifier: GPL-2.0-only
// What the runner of the engine shares with code under test. It is not in the header because code
// that is compiled and loaded at run time must find the runner's own.
#include "model/atomics/explore_atomics.hpp"

namespace stockcheck {

std::optional<failed_expectation>& explore_atomics::failed() {
  static thread_local std::optional<failed_expectation> last;
  return last;
}

expectation_judge*& explore_atomics::judge() {
  static thread_local expectation_judge* asked = nullptr;
  return asked;
}

bool explore_atomics::goes_on_behind(const failed_expectation& failed) {
  explore_atomics::failed() = failed;
  return judge() != nullptr && judge()->goes_on_behind(failed);
}

}  // namespace stockcheck
