// One job in a process of its own, and the pipe on which it reports.
#pragma once

#include "checkers/process_pool.hpp"

#include <sys/types.h>

#include <optional>
#include <string>

namespace stockcheck::checkers {

/// Starts the job on construction; kills what is still running on destruction.
class child_process {
 public:
  child_process(const job& what, std::size_t index);
  child_process(const child_process&) = delete;
  child_process& operator=(const child_process&) = delete;
  ~child_process();

  [[nodiscard]] std::size_t index() const { return index_; }
  [[nodiscard]] int pipe() const { return pipe_; }
  [[nodiscard]] bool is_overdue() const;

  /// Reads what the child has sent; calls `advanced` for progress. False once the child has closed
  /// the pipe.
  bool receive(pool_observer& observer);
  /// Waits for the end of the child and says how the job went.
  report::result collect();
  /// Ends the job; `why` becomes the reason of the unknown verdict.
  report::result abort(const std::string& why);

 private:
  void reap(int& status);
  report::result lost(const std::string& why) const;

  const job& job_;
  std::size_t index_;
  std::chrono::steady_clock::time_point started_;
  pid_t pid_ = -1;
  int pipe_ = -1;
  std::string received_;
  std::optional<std::string> result_json_;
  std::optional<std::string> error_;
};

}  // namespace stockcheck::checkers
