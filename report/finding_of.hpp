// A failed expectation as a finding of a record.
#pragma once

#include "report/result.hpp"

#include <cstddef>

namespace stockcheck::report {

/// Without steps: an expectation knows what broke, not how it came to that.
inline finding finding_of(const failed_expectation& failed) {
  finding found{.kind = failed.kind,
                .what = failed.what,
                .at = {failed.at.file_name(), failed.at.line(), failed.at.function_name()}};
  for (std::size_t i = 0; i < failed.count; ++i)
    found.numbers.push_back({failed.numbers.at(i).name, failed.numbers.at(i).value});
  return found;
}

}  // namespace stockcheck::report
