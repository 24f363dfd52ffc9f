// The checker on the exploration engine with a patched model as its subject.
#pragma once

#include "checkers/checker.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <utility>

namespace stockcheck::checkers {

/// check() loads the compiled code, which runs it: to be called in a process of its own.
class patched_model_checker final : public checker {
 public:
  /// `objects` are what source::build_model() made. `command` is what finds something again, with
  /// the scenario's name behind it.
  patched_model_checker(std::map<std::string, std::filesystem::path> objects, std::string command)
      : objects_(std::move(objects)), command_(std::move(command)) {}

  [[nodiscard]] std::string_view name() const override { return "explore"; }
  [[nodiscard]] bool finds_known_properties() const override { return true; }
  [[nodiscard]] bool can_check(const checks::scenario_info& scenario) const override;
  [[nodiscard]] bool can_search(search) const override { return true; }
  [[nodiscard]] unsigned processors(const checks::scenario_info&) const override { return 1; }
  /// Throws std::runtime_error if the code cannot be loaded.
  [[nodiscard]] report::result check(const checks::scenario_info& scenario, const options& how,
                                     const progress_sink& sink) override;

 private:
  std::map<std::string, std::filesystem::path> objects_;
  std::string command_;
};

}  // namespace stockcheck::checkers
