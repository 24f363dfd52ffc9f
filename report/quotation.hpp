// SPDX-License-Identifier: GPL-2.0-only
// Foreign text in a mail.
#pragma once

#include <string>
#include <string_view>

namespace stockcheck::report {

/// Text of the code and of patches stands in a reply as a quotation: a mail program that breaks its
/// lines makes no line of it that looks like ours.
[[nodiscard]] std::string quoted(std::string_view text);

}  // namespace stockcheck::report
