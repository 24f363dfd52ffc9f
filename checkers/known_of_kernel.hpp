// Failures that kernels are known for.
#pragma once

#include "report/result.hpp"

#include <optional>

namespace stockcheck::checkers {

/// Why the kernel's code fails like this, if that is known.
std::optional<report::known_reference> known_of_kernel(const report::result& result);

}  // namespace stockcheck::checkers
