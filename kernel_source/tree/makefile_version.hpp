// SPDX-License-Identifier: GPL-2.0-only
// The kernel's version, as its top Makefile gives it.
#pragma once

#include <string>

namespace stockcheck::kernel_source {

/// "6.12.117", "6.13.0-rc2"; empty if the text sets no VERSION.
std::string makefile_version(const std::string& makefile);

}  // namespace stockcheck::kernel_source
