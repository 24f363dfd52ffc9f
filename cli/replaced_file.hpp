// SPDX-License-Identifier: GPL-2.0-only
// A file that is replaced as a whole, or not at all.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>

namespace stockcheck::cli {

/// Writes beside the file, which is what it was until replace() is called, however the process
/// ends. What is no plain file, such as /dev/stdout or a pipe, is written to as it is.
class replaced_file {
 public:
  /// Throws usage_error if the file cannot be written, kernel_source::machine_error if the machine
  /// cannot.
  explicit replaced_file(const std::string& file);
  replaced_file(const replaced_file&) = delete;
  replaced_file& operator=(const replaced_file&) = delete;
  /// Without replace() nothing is left of what was written.
  ~replaced_file();

  [[nodiscard]] std::ostream& stream() { return stream_; }
  /// What was written is in the file, and on the disk. Throws kernel_source::machine_error.
  void replace();

 private:
  [[noreturn]] void fail(int error) const;

  std::string name_;                ///< as the user calls it
  std::filesystem::path file_;      ///< without symbolic links
  std::filesystem::path beside_{};  ///< empty if the file is written to as it is
  std::ofstream stream_;
};

}  // namespace stockcheck::cli
