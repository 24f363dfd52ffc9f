// SPDX-License-Identifier: GPL-2.0-only
// A file of the project as it was when stockcheck was built: the command needs no others.
#pragma once

#include <string_view>

namespace stockcheck::kernel_source {

struct embedded_file {
  std::string_view name;  ///< as it is included, such as "stockcheck/access.h"
  std::string_view text;
};

}  // namespace stockcheck::kernel_source
