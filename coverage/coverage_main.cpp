// SPDX-License-Identifier: GPL-2.0-only
// The program that ci/coverage runs: every scenario under explore, with the model instrumented. It
// writes which task called what, and exits with 0 unless the exploration itself went wrong; what it
// reached is in the files that the instrumentation leaves.

#include "coverage/call_record.hpp"
#include "harness/explore/explore_checker.hpp"
#include "harness/programs.hpp"
#include "model/kernel/interrupt.hpp"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <exception>
#include <fstream>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace stockcheck::coverage {

namespace {

const checks::program_entry* running = nullptr;
/// The contexts of the handlers that the running scenario registered.
std::array<bool, 3> registered{};

/// Tells the record when an execution begins and ends.
class recorded_program final : public checks::program {
 public:
  recorded_program() {
    call_record::instance().begin_execution();
    inner_ = running->make();
    for (const kernel::interrupt_handler& handler : inner_->handlers())
      registered.at(static_cast<std::size_t>(handler.level)) = true;
  }
  recorded_program(const recorded_program&) = delete;
  recorded_program& operator=(const recorded_program&) = delete;
  ~recorded_program() override { call_record::instance().end_execution(); }

  void task(unsigned number) override { inner_->task(number); }
  [[nodiscard]] std::span<const kernel::interrupt_handler> handlers() const override {
    return inner_->handlers();
  }
  void settle() override {
    inner_->settle();
    call_record::instance().end_execution();
  }
  [[nodiscard]] const checks::final_state& outcome() const override { return inner_->outcome(); }

 private:
  std::unique_ptr<checks::program> inner_;
};

std::unique_ptr<checks::program> make_recorded() { return std::make_unique<recorded_program>(); }

/// What the table of contexts needs of a scenario, a line each.
void describe(std::ostream& to, std::size_t number, const checks::scenario_info& info) {
  std::string contexts;
  for (std::size_t t = 0; t < info.nr_tasks(); ++t) {
    if (info.task_list.at(t).where.migrations > 0) contexts += " migration";
    for (std::size_t earlier = 0; earlier < t; ++earlier)
      if (info.task_list.at(earlier).where.cpu == info.task_list.at(t).where.cpu)
        contexts += " shared_cpu";
  }
  if (registered.at(1)) contexts += " softirq";
  if (registered.at(2)) contexts += " hardirq";
  to << "scenario\t" << number << '\t' << info.name << '\t' << contexts << '\n';
}

void run(const std::string& file) {
  // Instrumented, scenarios that are explored in a second take a minute; what they reach they reach
  // early.
  constexpr std::uint64_t events = 2'000'000;
  std::ofstream to(file);
  if (!to) throw std::runtime_error("cannot write " + file);
  const std::span<const checks::program_entry> programs = harness::explore_programs();
  for (std::size_t number = 0; number < programs.size(); ++number) {
    running = &programs[number];
    registered = {};
    call_record::instance().begin_scenario(number, running->info->nr_tasks());
    const std::array<checks::program_entry, 1> recorded{{{running->info, make_recorded}}};
    const report::result result = harness::explore_checker(recorded).check(
        *running->info, {.events = events, .search = explore::search::exhaustive}, {});
    if (!result.finding && result.proof.empty())
      fmt::print("{}: not everything was explored\n", result.scenario);
    describe(to, number, *running->info);
  }
  call_record::instance().write(to);
  fmt::print("{} scenarios\n", programs.size());
}

}  // namespace

}  // namespace stockcheck::coverage

int main(int argc, char** argv) {
  try {
    if (argc != 2) throw std::runtime_error("usage: scenario_coverage FILE");
    stockcheck::coverage::run(argv[1]);
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 2;
  }
}
