// SPDX-License-Identifier: GPL-2.0-only
// The progress of a run on standard error: one line that is rewritten on a terminal, a line now and
// then elsewhere. Nothing is shown in the first second.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace stockcheck::cli {

class progress_line {
 public:
  progress_line();
  progress_line(const progress_line&) = delete;
  progress_line& operator=(const progress_line&) = delete;
  /// Removes the line from a terminal.
  ~progress_line() { clear(); }

  /// Shows the text if it is time for it.
  void show(const std::string& text);
  /// Shows it at once, on a terminal: of work that cannot tell how far it is.
  void announce(const std::string& text);
  void clear();

  [[nodiscard]] double seconds() const;  ///< since the start

 private:
  using clock = std::chrono::steady_clock;
  bool terminal_;
  clock::time_point started_ = clock::now();
  clock::time_point last_shown_ = started_;
  bool visible_ = false;
};

/// "1 min 20 s"
std::string duration_text(double seconds);

}  // namespace stockcheck::cli
