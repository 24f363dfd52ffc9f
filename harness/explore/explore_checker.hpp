// SPDX-License-Identifier: GPL-2.0-only
// The checker on the exploration engine: visits every execution that a memory model allows, each
// once; its pass is a proof for the scenario if the search came to its end.
#pragma once

#include "harness/checker.hpp"
#include "harness/explore/explore_run.hpp"
#include "harness/programs.hpp"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>

namespace stockcheck::harness {

class explore_checker final : public checker {
 public:
  /// Asked about a data race or accesses of mixed widths that were found: true if they will not be
  /// found again, so that the search can be made once more to see the rest.
  using race_sink = std::function<bool(const explore_report&)>;

  /// The programs are on explore_atomics. `command` is what finds something again, with the
  /// scenario's name behind it; if it is empty, `stockcheck check` does. `known` says what is known
  /// of the code besides what scenarios declare, and `catalogue` what that is.
  explicit explore_checker(programs on = explore_programs(), std::string command = "",
                           race_sink races = {}, known_of_code known = {},
                           const known::known_catalogue& catalogue = known::shipped_catalogue())
      : programs_(std::move(on)),
        command_(std::move(command)),
        races_(std::move(races)),
        known_(std::move(known)),
        catalogue_(catalogue) {}

  [[nodiscard]] std::string_view name() const override { return "explore"; }
  [[nodiscard]] bool can_check(const checks::scenario_info&) const override { return true; }
  [[nodiscard]] bool can_search(std::optional<explore::search>) const override { return true; }
  [[nodiscard]] bool has_memory_models() const override { return true; }
  [[nodiscard]] options with_work(profile much, const checks::scenario_info& on,
                                  options how) const override;
  /// What with_work() gives, for help.
  [[nodiscard]] static std::string work_text(profile much);
  [[nodiscard]] unsigned processors(const checks::scenario_info&) const override { return 1; }
  [[nodiscard]] report::result check(const checks::scenario_info& scenario, const options& how,
                                     const progress_sink& sink) override;

 private:
  [[nodiscard]] std::string command_for(std::string_view scenario, std::string_view search,
                                        const options& how, std::uint64_t executions) const;

  programs programs_;
  std::string command_;
  race_sink races_;
  known_of_code known_;
  const known::known_catalogue& catalogue_;
};

}  // namespace stockcheck::harness
