// SPDX-License-Identifier: GPL-2.0-only
// Runs a program and waits for it. No shell is involved: arguments are passed as they are.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace stockcheck::kernel_source {

struct process_request {
  std::vector<std::string> arguments;      ///< the program, which is looked up in PATH, comes first
  std::string input{};                     ///< its standard input
  std::filesystem::path directory{};       ///< that it runs in; empty: this process's own
  std::vector<std::string> environment{};  ///< "NAME=value"; nothing else is inherited
  std::chrono::duration<double> limit{60};           ///< killed after that
  std::size_t output_limit = std::size_t{64} << 20;  ///< bytes of each output; killed at more
  const std::atomic<bool>* stop = nullptr;           ///< killed when it becomes true
};

struct process_result {
  int exit_code = -1;  ///< of a process that ended by itself
  int signal = 0;      ///< that killed it
  std::string output;
  std::string errors;

  [[nodiscard]] bool succeeded() const { return exit_code == 0; }
};

/// Runs the program in a process group of its own, which is killed as a whole, at the latest when
/// this process ends. Throws source_error if there is no such program, it writes too much, or is
/// told to stop; machine_error if it cannot be started or takes too long. A program that fails by
/// itself is the caller's matter. May be called by several threads at once.
process_result run_process(const process_request& request);

/// A minimal environment: PATH and TMPDIR of this process, and messages in English.
std::vector<std::string> plain_environment();

/// "exit code 2" or "signal 9 (Killed)".
std::string how_it_ended(const process_result& result);

}  // namespace stockcheck::kernel_source
