// SPDX-License-Identifier: GPL-2.0-only
#include "model/atomics/relacy_atomics.hpp"

namespace stockcheck {

std::optional<failed_expectation>& relacy_atomics::failed() {
  static std::optional<failed_expectation> last;
  return last;
}

}  // namespace stockcheck
