// Whole files as texts.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

namespace stockcheck::source {

/// More than any file of the kernel that matters, and any patch: 10 MiB.
inline constexpr std::size_t largest_file = std::size_t{10} << 20;

/// The bytes of a file. Throws source_error, also for a directory and for more than `largest_file`.
std::string read_file(const std::filesystem::path& file);

/// The same of standard input.
std::string read_standard_input();

/// Replaces a file's content; makes the directories it lies in. Throws source_error.
void write_file(const std::filesystem::path& file, const std::string& text);

}  // namespace stockcheck::source
