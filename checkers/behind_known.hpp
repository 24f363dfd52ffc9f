// What lies behind a known finding, which ends a search before it has seen everything.
#pragma once

#include "checkers/explore_checker.hpp"

namespace stockcheck::checkers {

/// `found` is what `by` found, and is known. Searches again, and passes over the oracle of that. If
/// something else is found it becomes the finding, and what is known is `passed_over`. The same if
/// the search does not come to its end, without a finding: then the verdict is unknown. Otherwise
/// the result is `found`, and so it is if that is a misuse of memory, behind which no code can go
/// on.
report::result look_behind(report::result found, explore_checker& by,
                           const checks::scenario_info& scenario, const options& how,
                           const progress_sink& sink);

}  // namespace stockcheck::checkers
