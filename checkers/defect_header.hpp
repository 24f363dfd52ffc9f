// The header of a defect patch: what a wrong proposal looks like, and by what it must be caught.
#pragma once

#include "model/atomics/finding.hpp"

#include <istream>
#include <stdexcept>
#include <string>
#include <string_view>

namespace stockcheck::checkers {

struct defect_header {
  std::string defect{};    ///< one sentence
  std::string scenario{};  ///< name of the scenario that must catch it
  unsigned scenario_line = 0;
  oracle caught_by = oracle::scenario;
  std::string stale{};      ///< what the counterexample must show a stale read of; may be empty
  std::string recreates{};  ///< the bug of the kernel's history that it repeats; may be empty
};

/// Something in a patch's header is wrong or missing: "FILE:LINE: what".
class malformed_defect : public std::runtime_error {
 public:
  malformed_defect(std::string_view file, unsigned line, std::string_view what);
};

/// Reads the lines "Key: value" above the diff, which starts at a line with "--- " or "diff ".
/// `file` names the text in errors. Throws malformed_defect on a line it does not know, a key that
/// is given twice or without a value, a missing key, and an oracle that does not exist.
defect_header read_defect_header(std::istream& text, std::string_view file);

}  // namespace stockcheck::checkers
