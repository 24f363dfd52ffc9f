// SPDX-License-Identifier: GPL-2.0-only
#include "harness/explore/explore_run.hpp"

#include "explore/operations.hpp"
#include "harness/explore/explore_watch.hpp"
#include "harness/outcomes.hpp"
#include "kernel_source/run/endless_loop_watch.hpp"

#include <memory>
#include <utility>

namespace stockcheck::harness {

namespace {

class explored_program final : public explore::engine_program {
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

const checks::final_state& outcome_of(explore::engine_program& settled) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-static-cast-downcast): no other is explored
  return static_cast<const explored_program&>(settled).outcome();
}

}  // namespace

explore_report run_explore(const explore_request& request, const progress_sink& sink) {
  explore_watch watch(request, outcome_of, sink);
  const explore::code_under_test subject{
      .nr_tasks = request.program->info->nr_tasks(), .make = [&] {
        kernel_source::engine_was_asked();
        watch.begins();
        return std::make_unique<explored_program>(request.program->make(), request.sought);
      }};
  explore_report report;
  report.exploration = explore::explore(subject, request.how, watch);
  watch.report_to(report);
  return report;
}

}  // namespace stockcheck::harness
