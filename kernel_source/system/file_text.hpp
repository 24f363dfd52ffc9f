// SPDX-License-Identifier: GPL-2.0-only
// Whole files as texts.
#pragma once

#include <atomic>
#include <cstddef>
#include <filesystem>
#include <string>

namespace stockcheck::kernel_source {

/// More than any file of the kernel that matters, and any patch: 10 MiB.
inline constexpr std::size_t largest_file = std::size_t{10} << 20;

/// The bytes of a file, which may be a pipe. Throws source_error, also for a directory, for more
/// than `largest_file`, and if `stop` becomes true, which may be null; machine_error where the
/// machine cannot.
std::string read_file(const std::filesystem::path& file, const std::atomic<bool>* stop = nullptr);

/// Reads standard input as read_file() reads a file, and throws as it does.
std::string read_standard_input(const std::atomic<bool>* stop);

/// Replaces a file's content; makes the directories it lies in. Throws as read_file() does.
void write_file(const std::filesystem::path& file, const std::string& text);

}  // namespace stockcheck::kernel_source
