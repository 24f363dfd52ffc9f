#include "checkers/patched_model_checker.hpp"

#include "checkers/explore_checker.hpp"
#include "checkers/scenario_groups.hpp"

#include <dlfcn.h>

#include <cstddef>
#include <span>
#include <stdexcept>

namespace stockcheck::checkers {

namespace {

/// Stays loaded: the programs are in it.
std::span<const checks::program_entry> load(const std::filesystem::path& object) {
  void* const handle = dlopen(object.c_str(), RTLD_NOW | RTLD_LOCAL);
  void* const found = handle == nullptr ? nullptr : dlsym(handle, "stockcheck_programs");
  if (found == nullptr)
    throw std::runtime_error(std::string("the patched model cannot be loaded: ") + dlerror());
  const checks::program_entry* entries = nullptr;
  const std::size_t count =
      reinterpret_cast<std::size_t (*)(const checks::program_entry**)>(found)(&entries);
  return {entries, count};
}

}  // namespace

bool patched_model_checker::can_check(const checks::scenario_info& scenario) const {
  return objects_.contains(std::string(group_of(scenario.name).name));
}

report::result patched_model_checker::check(const checks::scenario_info& scenario,
                                            const options& how, const progress_sink& sink) {
  const auto programs = load(objects_.at(std::string(group_of(scenario.name).name)));
  return explore_checker(programs, command_).check(scenario, how, sink);
}

}  // namespace stockcheck::checkers
