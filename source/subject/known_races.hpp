// The data races that the kernel's own code has and lives with, and why they do no harm there.
#pragma once

#include "source/kernel_release.hpp"

#include <optional>
#include <string_view>

namespace stockcheck::source {

struct known_race {
  std::string_view signature;  ///< of the finding: "data race: max"
  std::string_view functions;  ///< both, by name
  kernel_releases releases;    ///< that have it, as far as is known
  std::string_view reference;
  std::string_view because;
};

/// The entry of that member and those functions in a release; nullopt if there is none.
std::optional<known_race> find_known_race(std::string_view signature, std::string_view functions,
                                          const kernel_release& in);

}  // namespace stockcheck::source
