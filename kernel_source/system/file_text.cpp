// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/system/file_text.hpp"

#include "kernel_source/source_error.hpp"
#include "kernel_source/system/descriptor.hpp"
#include "kernel_source/system/trouble.hpp"

#include <fmt/format.h>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>

namespace stockcheck::kernel_source {

namespace {

[[noreturn]] void fail(int error, const char* what, const std::string& name) {
  throw_failure(is_trouble_of_machine(error),
                fmt::format("{} {}: {}", what, name, std::strerror(error)));
}

/// Waits until there is something to read, or the end. Who writes into a pipe may take his time.
void wait_for(int number, const std::string& name, const std::atomic<bool>& stop) {
  constexpr int tick_milliseconds = 100;
  pollfd input{number, POLLIN, 0};
  do {
    if (stop) throw source_error(fmt::format("cannot read {}: interrupted", name));
  } while (::poll(&input, 1, tick_milliseconds) <= 0);
}

std::string read_descriptor(int number, const std::string& name, const std::atomic<bool>* stop) {
  std::string text;
  std::array<char, 65536> buffer{};
  while (true) {
    if (stop != nullptr) wait_for(number, name, *stop);
    const ssize_t got = ::read(number, buffer.data(), buffer.size());
    if (got == 0) return text;
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail(errno, "cannot read", name);
    text.append(buffer.data(), static_cast<std::size_t>(got));
    if (text.size() > largest_file)
      throw source_error(
          fmt::format("{} is too large: more than {} MiB", name, largest_file >> 20));
  }
}

}  // namespace

std::string read_file(const std::filesystem::path& file, const std::atomic<bool>* stop) {
  const descriptor opened{::open(file.c_str(), O_RDONLY | O_CLOEXEC)};
  if (!opened.is_open()) fail(errno, "cannot read", file.string());
  return read_descriptor(opened.number(), file.string(), stop);
}

std::string read_standard_input(const std::atomic<bool>* stop) {
  return read_descriptor(STDIN_FILENO, "standard input", stop);
}

void write_file(const std::filesystem::path& file, const std::string& text) {
  std::error_code error;
  std::filesystem::create_directories(file.parent_path(), error);
  std::ofstream stream;
  if (!error) stream.open(file, std::ios::binary | std::ios::trunc);
  stream << text << std::flush;
  if (error || !stream) fail(error ? error.value() : errno, "cannot write", file.string());
}

}  // namespace stockcheck::kernel_source
