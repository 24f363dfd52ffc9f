// SPDX-License-Identifier: GPL-2.0-only
// The header of a patch of checks/: lines "Key: value" above the diff that say what the patch is.
#pragma once

#include <istream>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

namespace stockcheck::mutants {

/// A key that a header may have, and what it has there.
struct header_field {
  std::string_view key;
  bool required = true;
  std::string value{};  ///< empty if the header does not have it
  unsigned line = 0;
};

/// Something in a patch's header is wrong or missing: "FILE:LINE: what".
class malformed_patch : public std::runtime_error {
 public:
  malformed_patch(std::string_view file, unsigned line, std::string_view what);
};

/// Fills the fields from the lines above the diff, which starts at a line with "--- " or "diff ".
/// `file` names the text in errors. Throws malformed_patch on a line it does not know, a key that
/// is given twice or without a value, and a required key that is missing.
void read_patch_header(std::istream& text, std::string_view file, std::span<header_field> fields);

}  // namespace stockcheck::mutants
