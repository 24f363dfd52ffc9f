// SPDX-License-Identifier: GPL-2.0-only
#include "cli/check_progress.hpp"

#include "report/quantity.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <string>

namespace stockcheck::cli {

namespace {

std::string count_text(std::uint64_t count) {
  return report::quantity_text(static_cast<double>(count));
}

}  // namespace

void check_progress::finished(std::size_t job, const report::result& with) {
  running_.erase(job);
  ++done_;
  if (with.verdict == verdict::fail) ++failed_;
}

void check_progress::tick() { line_.show(text()); }

std::string check_progress::text() const {
  std::string text = fmt::format("[{}/{}]", done_, jobs_.size());
  if (failed_ > 0) text += fmt::format(" {} failed", failed_);
  if (done_ > 0) {
    const double each = seconds() / static_cast<double>(done_);
    text += fmt::format(" about {} left",
                        duration_text(each * static_cast<double>(jobs_.size() - done_)));
  }
  for (const auto& [job, at] : running_) {
    text += fmt::format(" | {}", jobs_[job].blank.scenario);
    if (at.executions > 0) text += fmt::format(" {}", count_text(at.executions));
    if (at.estimated > at.executions) text += fmt::format(" of about {}", count_text(at.estimated));
  }
  return text;
}

}  // namespace stockcheck::cli
