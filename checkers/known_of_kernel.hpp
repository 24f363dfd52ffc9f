// Failures that kernels are known for.
#pragma once

#include "report/result.hpp"
#include "source/kernel_release.hpp"

#include <optional>

namespace stockcheck::checkers {

/// Why the code of a release fails like this, if that is known.
std::optional<report::known_reference> known_of_kernel(const report::result& result,
                                                       const source::kernel_release& in);

}  // namespace stockcheck::checkers
