// The checker on the exploration engine with the kernel's own code as its subject.
#pragma once

#include "checkers/checker.hpp"

#include <filesystem>
#include <string>

namespace stockcheck::checkers {

/// Loads the compiled code in check(), which runs it: to be called in a process of its own.
class kernel_checker final : public checker {
 public:
  /// `object` is what source::build_object() made. `subject` names it in reports, and `command` is
  /// what finds something again, with the scenario's name behind it.
  kernel_checker(std::filesystem::path object, std::string subject, std::string command);

  [[nodiscard]] std::string_view name() const override { return "explore"; }
  [[nodiscard]] const std::string& subject() const { return subject_; }
  [[nodiscard]] bool finds_known_properties() const override { return true; }
  /// Whether the kernel's code can be asked for it: some kernels turn out to lack what it needs.
  [[nodiscard]] bool can_check(const checks::scenario_info& scenario) const override;
  [[nodiscard]] bool can_search(search) const override { return true; }
  [[nodiscard]] unsigned processors(const checks::scenario_info&) const override { return 1; }
  /// A race of plain accesses does not end the search: it is passed over, and told of together with
  /// what else was found.
  [[nodiscard]] report::result check(const checks::scenario_info& scenario, const options& how,
                                     const progress_sink& sink) override;

 private:
  std::filesystem::path object_;
  std::string subject_;
  std::string command_;
};

}  // namespace stockcheck::checkers
