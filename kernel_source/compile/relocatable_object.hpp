// SPDX-License-Identifier: GPL-2.0-only
// What a compiler made of one file: its code, what the code refers to, and the lines it is of.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace stockcheck::kernel_source {

/// What the linker will put into an instruction: the address of a symbol, or of the place that
/// holds its address.
struct code_reference {
  std::string symbol{};   ///< its name; empty for a section's beginning
  std::string section{};  ///< that the symbol lies in; empty if it is elsewhere
  bool is_indirect = false;
};

struct code_section {
  std::uint64_t address = 0;  ///< for line_at()
  std::vector<std::uint8_t> bytes{};
  std::map<std::size_t, code_reference> references{};  ///< by their offsets
  std::map<std::size_t, std::string> functions{};      ///< by their first bytes
};

/// A relocatable ELF file with debug information.
class relocatable_object {
 public:
  /// Throws machine_error if it cannot be read.
  explicit relocatable_object(const std::filesystem::path& path);

  /// Whether it is code for x86-64.
  [[nodiscard]] bool is_x86_64() const { return is_x86_64_; }
  [[nodiscard]] const std::vector<code_section>& code() const { return code_; }
  /// The names of the sections that are loaded.
  [[nodiscard]] const std::vector<std::string>& loaded_sections() const { return loaded_; }
  /// "mm/page_counter.c:58", or what is known of it.
  [[nodiscard]] std::string line_at(std::uint64_t address) const;

 private:
  std::map<std::uint64_t, std::string> lines_;  ///< by their first address
  bool is_x86_64_ = false;
  std::vector<code_section> code_;
  std::vector<std::string> loaded_;
};

}  // namespace stockcheck::kernel_source
