// What scenarios find in kernels as they are, where our model follows a later one or a fix.
#pragma once

#include <optional>
#include <string_view>

namespace stockcheck::source {

struct known_finding {
  std::string_view scenario;
  std::string_view signature;  ///< of the finding
  std::string_view versions;   ///< that have it, as far as is known
  std::string_view reference;
  std::string_view because;
};

/// The entry of that scenario and finding; nullopt if there is none.
std::optional<known_finding> find_known_finding(std::string_view scenario,
                                                std::string_view signature);

}  // namespace stockcheck::source
