// SPDX-License-Identifier: GPL-2.0-only
// The command was used wrongly: printed as one line, exit code 2.
#pragma once

#include <stdexcept>

namespace stockcheck::cli {

class usage_error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace stockcheck::cli
