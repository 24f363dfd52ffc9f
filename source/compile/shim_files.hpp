// The files of source/shim, and what they include, as they were when stockcheck was built.
#pragma once

#include <span>
#include <string_view>

namespace stockcheck::source {

struct shim_file {
  std::string_view name;  ///< as it is included: "stockcheck/access.h"
  std::string_view text;
};

std::span<const shim_file> shim_files();

}  // namespace stockcheck::source
