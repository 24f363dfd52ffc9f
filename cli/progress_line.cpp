// SPDX-License-Identifier: GPL-2.0-only
#include "cli/progress_line.hpp"

#include <fmt/format.h>

#include <sys/ioctl.h>
#include <unistd.h>

#include <cmath>
#include <cstdio>

namespace stockcheck::cli {

namespace {

constexpr std::chrono::seconds silence{1};
constexpr std::chrono::seconds period_of_log{10};

std::size_t terminal_columns() {
  winsize size{};
  constexpr std::size_t usual = 80;
  return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : usual;
}

}  // namespace

progress_line::progress_line() : terminal_(::isatty(STDERR_FILENO) == 1) {}

double progress_line::seconds() const {
  return std::chrono::duration<double>(clock::now() - started_).count();
}

void progress_line::show(const std::string& text) {
  const clock::time_point now = clock::now();
  if (now - started_ < silence) return;
  announce(text);
  if (!terminal_ && now - last_shown_ >= period_of_log) {
    fmt::print(stderr, "{}\n", text);
    last_shown_ = now;
  }
}

void progress_line::announce(const std::string& text) {
  if (!terminal_) return;
  fmt::print(stderr, "\r\033[K{}", text.substr(0, terminal_columns() - 1));
  std::fflush(stderr);
  visible_ = true;
}

void progress_line::clear() {
  if (!visible_) return;
  fmt::print(stderr, "\r\033[K");
  std::fflush(stderr);
  visible_ = false;
}

std::string duration_text(double seconds) {
  const long whole = std::lround(seconds);
  constexpr long minute = 60;
  if (whole < minute) return fmt::format("{} s", whole);
  return fmt::format("{} min {} s", whole / minute, whole % minute);
}

}  // namespace stockcheck::cli
