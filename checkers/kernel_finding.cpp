#include "checkers/kernel_finding.hpp"

#include "source/subject/warnings.hpp"

#include <fmt/format.h>

namespace stockcheck::checkers {

void name_by_cause(std::optional<report::finding>& found) {
  if (!found) return;
  const std::string condition = source::condition_of_warning(found->what);
  if (condition.empty()) return;
  found->functions = {found->at.function};
  found->signature = fmt::format("{}: {}: {}", name_of(found->kind), found->at.function, condition);
}

}  // namespace stockcheck::checkers
