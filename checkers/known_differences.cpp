#include "checkers/known_differences.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace stockcheck::checkers {

namespace {

struct difference {
  std::string_view scenario;
  std::string_view reference;
  std::string_view because;
};

constexpr std::string_view one_stock =
    "6.12 has one lock, one mark and one work for the pages and the bytes of a CPU, our model one "
    "of "
    "each for either: who drains the one drains the other there, and here it does not";

constexpr std::string_view one_drain =
    "the scenario drains pages alone; a kernel's drain_all_stock() drains the bytes of objects as "
    "well, and leaves what is not a page with their obj_cgroup";

constexpr std::array differences{
    difference{"obj_stock/two_groups_offline", "one stock", one_stock},
    difference{"obj_stock/over_pages", "one stock", one_stock},
    difference{"multi_obj_stock/over_pages", "one drain", one_drain},
    difference{"obj_stock/isolation", "6.1", "6.1 does not spare isolated CPUs"},
};

}  // namespace

std::optional<report::known_reference> known_difference(std::string_view scenario) {
  const auto* const found = std::ranges::find(differences, scenario, &difference::scenario);
  if (found == differences.end()) return std::nullopt;
  return report::known_reference{std::string(found->reference), std::string(found->because)};
}

}  // namespace stockcheck::checkers
