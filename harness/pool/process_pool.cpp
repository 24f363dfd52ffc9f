// SPDX-License-Identifier: GPL-2.0-only
#include "harness/pool/process_pool.hpp"

#include "harness/pool/child_process.hpp"

#include <fmt/format.h>

#include <poll.h>

#include <memory>

namespace stockcheck::harness {

namespace {

constexpr int tick_milliseconds = 200;

class pool {
 public:
  pool(const std::vector<job>& jobs, unsigned processors, pool_observer& observer,
       const std::atomic<bool>& stop)
      : jobs_(jobs), processors_(processors), observer_(observer), stop_(stop) {
    for (const job& j : jobs) results_.push_back(j.blank);
  }

  std::vector<report::result> run() {
    while (next_ < jobs_.size() || !running_.empty()) {
      if (stop_) break;
      fill();
      wait();
      observer_.tick();
    }
    for (auto& child : running_)
      results_[child->index()] = child->abort("interrupted before its end");
    for (; next_ < jobs_.size(); ++next_) results_[next_].guarantee = "interrupted before it began";
    return std::move(results_);
  }

 private:
  [[nodiscard]] bool fits(const job& next) const {
    unsigned busy = 0;
    for (const auto& child : running_) busy += jobs_[child->index()].processors;
    return busy == 0 || busy + next.processors <= processors_;
  }

  void fill() {
    for (; next_ < jobs_.size() && fits(jobs_[next_]); ++next_) {
      observer_.started(next_);
      running_.push_back(std::make_unique<child_process>(jobs_[next_], next_));
    }
  }

  void wait() {
    std::vector<pollfd> ends;
    ends.reserve(running_.size());
    for (const auto& child : running_) ends.push_back({child->end_descriptor(), POLLIN, 0});
    if (::poll(ends.data(), ends.size(), tick_milliseconds) < 0) return;  // a signal
    for (std::size_t i = running_.size(); i-- > 0;) {
      running_[i]->observe(observer_);
      if (ends[i].revents != 0) {
        finish(i, running_[i]->collect());
      } else if (running_[i]->is_overdue()) {
        finish(i,
               running_[i]->abort(fmt::format("killed: it did not end within its time of {:.0f} s",
                                              jobs_[running_[i]->index()].limit.count())));
      }
    }
  }

  void finish(std::size_t child, report::result with) {
    const std::size_t job = running_[child]->index();
    running_.erase(running_.begin() + static_cast<std::ptrdiff_t>(child));
    results_[job] = std::move(with);
    observer_.finished(job, results_[job]);
  }

  const std::vector<job>& jobs_;
  unsigned processors_;
  pool_observer& observer_;
  const std::atomic<bool>& stop_;
  std::vector<std::unique_ptr<child_process>> running_;
  std::size_t next_ = 0;
  std::vector<report::result> results_;
};

}  // namespace

void confine(job& what, std::chrono::duration<double> processor_time) {
  // What is being executed at the end of the time is finished.
  constexpr std::chrono::seconds patience{10};
  what.confined_to = processor_time + patience;
  what.limit = 4 * *what.confined_to + std::chrono::minutes(1);
}

std::vector<report::result> run_all(const std::vector<job>& jobs, unsigned processors,
                                    pool_observer& observer, const std::atomic<bool>& stop) {
  return pool(jobs, processors, observer, stop).run();
}

}  // namespace stockcheck::harness
