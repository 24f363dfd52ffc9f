// Where our model and the kernel's code are known to end in different states.
#pragma once

#include "report/result.hpp"

#include <optional>
#include <string_view>

namespace stockcheck::checkers {

/// Why they differ in a scenario; nullopt where they must not.
std::optional<report::known_reference> known_difference(std::string_view scenario);

}  // namespace stockcheck::checkers
