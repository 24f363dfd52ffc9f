// What scenarios find in kernels as they are, where our model follows a later one or a fix.
#pragma once

#include "source/kernel_release.hpp"

#include <optional>
#include <string_view>

namespace stockcheck::source {

struct known_finding {
  std::string_view scenario;
  std::string_view signature;  ///< of the finding
  kernel_releases releases;    ///< that have it, as far as is known
  std::string_view reference;
  std::string_view because;
};

/// The entry of that scenario and finding in a release; nullopt if there is none.
std::optional<known_finding> find_known_finding(std::string_view scenario,
                                                std::string_view signature,
                                                const kernel_release& in);

}  // namespace stockcheck::source
