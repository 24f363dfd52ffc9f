#include "checkers/explore_run.hpp"

#include "checkers/explore_finding.hpp"
#include "checkers/outcomes.hpp"
#include "explore/operations.hpp"
#include "model/atomics/explore_atomics.hpp"
#include "source/subject/endless_loop_watch.hpp"

#include <chrono>
#include <map>
#include <memory>
#include <utility>

namespace stockcheck::checkers {

namespace {

using clock = std::chrono::steady_clock;

class explored_program final : public explore::program {
 public:
  explored_program(std::unique_ptr<checks::program> wrapped, const std::string& sought)
      : program_(std::move(wrapped)), sought_(sought) {}

  void task(std::size_t number) override { program_->task(static_cast<unsigned>(number)); }
  void settle() override {
    program_->settle();
    if (!sought_.empty() && text_of(outcome()) == sought_) explore::fail(sought_, {});
  }
  [[nodiscard]] const checks::final_state& outcome() const { return program_->outcome(); }

 private:
  std::unique_ptr<checks::program> program_;
  const std::string& sought_;
};

class watch final : public explore::observer {
 public:
  watch(const explore_request& request, const progress_sink& sink)
      : deadline_(request.deadline), without_(request.without), sink_(sink) {
    explore_atomics::passed_over() = without_;
  }
  watch(const watch&) = delete;
  watch& operator=(const watch&) = delete;
  ~watch() override { explore_atomics::passed_over().reset(); }

  void restarted() override { outcomes_.clear(); }
  void completed(explore::program& settled, const explore::execution_graph&) override {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-static-cast-downcast): no other is explored
    ++outcomes_[static_cast<explored_program&>(settled).outcome()];
  }
  bool found(const explore::finding& what, const explore::execution_graph&) override {
    if (what.kind == explore::finding_kind::assertion) {
      failed_ = explore_atomics::failed();
      return false;
    }
    return without_ == oracle_of(what.kind);
  }
  bool goes_on(const explore::progress& so_far) override {
    const clock::time_point now = clock::now();
    if (sink_ && now >= next_report_) {
      next_report_ = now + report_period;
      const std::uint64_t executions = so_far.complete + so_far.blocked;
      sink_({executions, estimated(executions, so_far.explored)});
    }
    return !deadline_ || !deadline_->is_over();
  }

  [[nodiscard]] const std::optional<failed_expectation>& failed() const { return failed_; }
  [[nodiscard]] std::vector<report::outcome> outcomes() const { return outcomes_of(outcomes_); }

 private:
  static constexpr std::chrono::milliseconds report_period{200};

  static std::uint64_t estimated(std::uint64_t executions, double explored) {
    constexpr double too_little_to_tell = 1e-9;
    if (explored < too_little_to_tell) return 0;
    return static_cast<std::uint64_t>(static_cast<double>(executions) / explored);
  }

  std::optional<processor_deadline> deadline_;
  std::optional<oracle> without_;
  const progress_sink& sink_;
  clock::time_point next_report_ = clock::now() + report_period;
  std::map<checks::final_state, std::uint64_t> outcomes_;
  std::optional<failed_expectation> failed_;
};

}  // namespace

explore_report run_explore(const explore_request& request, const progress_sink& sink) {
  const explore::subject subject{.nr_tasks = request.program->info->nr_tasks(), .make = [&] {
                                   source::engine_was_asked();
                                   return std::make_unique<explored_program>(
                                       request.program->make(), request.sought);
                                 }};
  watch watching(request, sink);
  explore_report report;
  report.exploration = explore::explore(subject, request.how, watching);
  report.failed = watching.failed();
  report.outcomes = watching.outcomes();
  return report;
}

}  // namespace stockcheck::checkers
