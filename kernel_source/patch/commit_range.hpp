// SPDX-License-Identifier: GPL-2.0-only
// The commits of a range "A..B", as the mails that git format-patch makes of them.
#pragma once

#include "kernel_source/tree/git.hpp"

#include <string>
#include <vector>

namespace stockcheck::kernel_source {

/// An mbox. Merges are left out, which adds a line to `skipped`. Throws source_error for a range
/// that is empty, too long, or of another form.
std::string commits_as_mails(const git& repository, const std::string& range,
                             std::vector<std::string>& skipped);

}  // namespace stockcheck::kernel_source
