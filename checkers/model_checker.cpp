#include "checkers/model_checker.hpp"

#include "checkers/explore_checker.hpp"
#include "checkers/explore_walk.hpp"
#include "checkers/patched_programs.hpp"
#include "checkers/scenario_groups.hpp"
#include "kernel_source/run/endless_loop_watch.hpp"

namespace stockcheck::checkers {

std::string model_checker::models(const options& how) const { return model_names_of(how.model); }

report::result model_checker::check(const checks::scenario_info& scenario, const options& how,
                                    const progress_sink& sink) {
  const scenario_group& group = group_of(scenario.name);
  explore_checker inner(patched_.empty()
                            ? group.programs
                            : load_programs(patched_.at(std::string(group.name)), group.name),
                        command_);
  const kernel_source::endless_loop_watch watch;
  return inner.check(scenario, how, sink);
}

}  // namespace stockcheck::checkers
