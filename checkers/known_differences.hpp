// Where our model and the kernel's code are known to end in different states.
#pragma once

#include "report/result.hpp"
#include "source/kernel_release.hpp"

#include <optional>
#include <string_view>

namespace stockcheck::checkers {

/// Who ends in states that the other does not reach.
struct ends_alone {
  bool model = false;
  bool kernel = false;

  friend constexpr bool operator==(const ends_alone&, const ends_alone&) = default;
};

/// Why our model and the code of a release differ in a scenario; nullopt where they must not, or
/// not in this way.
std::optional<report::known_reference> known_difference(std::string_view scenario,
                                                        const ends_alone& who,
                                                        const source::kernel_release& in);

}  // namespace stockcheck::checkers
