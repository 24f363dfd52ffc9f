// SPDX-License-Identifier: GPL-2.0-only
// Where results go: the terminal or a pipe, and a JSON file.
#pragma once

#include "cli/replaced_file.hpp"
#include "report/result.hpp"
#include "report/style.hpp"
#include "report/table.hpp"
#include "report/verification.hpp"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace stockcheck::cli {

/// Options that every command with results has.
struct output_options {
  std::string json_file;        ///< empty: none; "-": standard output, instead of the table
  std::string colour = "auto";  ///< auto, always, never
  bool details_of_known = false;
  bool outcomes = false;
};

/// Opens its file at once, beside the one that it will replace: an output that cannot be written
/// must not be noticed after the work.
class output {
 public:
  /// Throws usage_error if the file cannot be written, kernel_source::machine_error if the machine
  /// cannot.
  explicit output(output_options how);

  /// Prints the table and writes the JSON. Throws kernel_source::machine_error if writing fails.
  void write(std::span<const report::result> results, double seconds);
  /// `as_reply`: a message for a mailing list instead of the table.
  void write(const report::verification& of, bool as_reply);
  /// Writes the verdict on each patch of a series, likewise as a table or as a reply.
  void write(const std::vector<report::verification>& series, bool as_reply);

 private:
  template <class Text, class Json>
  void put(Text text, Json json);

  output_options how_;
  std::unique_ptr<replaced_file> file_;
};

/// Whether the environment variables NO_COLOR and TERM, null if unset, allow colours. An empty
/// NO_COLOR counts as unset: https://no-color.org.
bool allows_colour(const char* no_color, const char* term);

/// Whether a file descriptor is a terminal that should be given colours.
bool wants_colour(int descriptor, const std::string& choice);

}  // namespace stockcheck::cli
