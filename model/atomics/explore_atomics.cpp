// What the runner of the engine shares with code under test. It is not in the header because code
// that is compiled and loaded at run time must find the runner's own.
#include "model/atomics/explore_atomics.hpp"

namespace stockcheck {

std::optional<failed_expectation>& explore_atomics::failed() {
  static thread_local std::optional<failed_expectation> last;
  return last;
}

std::optional<oracle>& explore_atomics::passed_over() {
  static thread_local std::optional<oracle> kind;
  return kind;
}

}  // namespace stockcheck
