#include "checkers/known_differences.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

namespace stockcheck::checkers {

namespace {

struct difference {
  std::string_view scenario;
  ends_alone who;
  source::kernel_releases releases;
  std::string_view reference;
  std::string_view because;
};

constexpr std::string_view one_stock =
    "the kernel has one lock, one mark and one work for the pages and the bytes of a CPU, our "
    "model one of each for either: who drains the one drains the other there, and here it does not";

constexpr std::string_view one_drain =
    "the scenario drains pages alone; a kernel's drain_all_stock() drains the bytes of objects as "
    "well, and leaves what is not a page with their obj_cgroup";

constexpr std::string_view emptied_slot =
    "a charge that takes the last page of a slot gives the slot up, with its reference; our model "
    "follows 6.18 to 7.2, where an empty slot stays its group's";

constexpr ends_alone model{.model = true};
constexpr ends_alone kernel{.kernel = true};
constexpr ends_alone both{true, true};

constexpr source::kernel_releases old{{6, 1}, {6, 1}};
constexpr source::kernel_releases one_slot{{6, 1}, {6, 15}};
constexpr source::kernel_releases several_objects{{7, 2}};
constexpr source::kernel_releases gives_up_slots{{7, 3}};

constexpr std::array differences{
    difference{"obj_stock/two_groups_offline", kernel, one_slot, "one stock", one_stock},
    difference{"obj_stock/over_pages", both, one_slot, "one stock", one_stock},
    difference{"multi_obj_stock/over_pages", both, several_objects, "one drain", one_drain},
    difference{"obj_stock/isolation", model, old, "isolation", "isolated CPUs are not spared"},
    difference{"seven_slot_stock/migration", both, gives_up_slots, "empty slots", emptied_slot},
    difference{"seven_slot_stock/charge_in_softirq", both, gives_up_slots, "empty slots",
               emptied_slot},
    difference{"seven_slot_stock/return_in_hardirq", both, gives_up_slots, "empty slots",
               emptied_slot},
    difference{"seven_slot_stock/victim_in_interrupt", both, gives_up_slots, "empty slots",
               emptied_slot},
    difference{"seven_slot_stock/interrupts_nest", both, gives_up_slots, "empty slots",
               emptied_slot},
    difference{"seven_slot_stock/charge_against_drain", model, gives_up_slots, "empty slots",
               emptied_slot},
    difference{"seven_slot_stock/drain_of_own_cpu", model, gives_up_slots, "empty slots",
               emptied_slot},
    difference{"charge_path/charge_in_softirq", model, gives_up_slots, "empty slots", emptied_slot},
};

}  // namespace

std::optional<report::known_reference> known_difference(std::string_view scenario,
                                                        const ends_alone& who,
                                                        const source::kernel_release& in) {
  const auto* const found = std::ranges::find_if(differences, [&](const difference& d) {
    return d.scenario == scenario && d.who == who && d.releases.contain(in);
  });
  if (found == differences.end()) return std::nullopt;
  return report::known_reference{std::string(found->reference),
                                 fmt::format("{}: {}", found->releases.text(), found->because)};
}

}  // namespace stockcheck::checkers
