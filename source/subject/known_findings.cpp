#include "source/subject/known_findings.hpp"

#include <algorithm>
#include <array>

namespace stockcheck::source {

namespace {

constexpr std::string_view stuck_mark =
    "progress: a CPU is marked as being drained, but no drain is pending";
constexpr std::string_view isolated =
    "drain_all_stock() marks an isolated CPU and then queues no work there: nobody takes the mark "
    "away, and the CPU is never drained from elsewhere again";
constexpr std::string_view dead_bytes = "leak: the stock of an offline CPU keeps bytes";
constexpr std::string_view forgotten =
    "memcg_hotplug_cpu_dead() drains the pages of a dead CPU alone: bytes, statistics and the "
    "reference to an obj_cgroup stay there until the CPU is back";

constexpr kernel_releases old{{6, 1}, {6, 1}};
/// One slot ends with 6.15.
constexpr kernel_releases one_slot{{6, 12}, {6, 15}};
constexpr kernel_releases seven_slots{{6, 18}};
constexpr kernel_releases several_objects{{7, 2}};

/// The reference is the section of the kernel-dossier.
constexpr std::array findings{
    known_finding{"one_slot_stock/isolated_cpu", stuck_mark, one_slot, "B10", isolated},
    known_finding{"one_slot_stock/isolation", stuck_mark, one_slot, "B10", isolated},
    known_finding{"obj_stock/isolation", stuck_mark, one_slot, "B10", isolated},
    known_finding{"seven_slot_stock/isolated_cpu", stuck_mark, seven_slots, "B10", isolated},
    known_finding{"seven_slot_stock/isolated_cpu",
                  "scenario: a CPU that is not isolated any more was not drained", seven_slots,
                  "B10", isolated},
    known_finding{"seven_slot_stock/isolation", stuck_mark, seven_slots, "B10", isolated},
    known_finding{"multi_obj_stock/isolation", stuck_mark, several_objects, "B10", isolated},
    known_finding{"obj_stock/pages_of_dead_cpu", dead_bytes, old, "B8", forgotten},
    known_finding{"obj_stock/dead_cpu", dead_bytes, old, "B8", forgotten},
    known_finding{"obj_stock/work_of_dead_cpu", dead_bytes, old, "B8", forgotten},
    known_finding{"obj_stock/dead_beside_work", dead_bytes, old, "B8", forgotten},
};

}  // namespace

std::optional<known_finding> find_known_finding(std::string_view scenario,
                                                std::string_view signature,
                                                const kernel_release& in) {
  const auto* const found = std::ranges::find_if(findings, [&](const known_finding& finding) {
    return finding.scenario == scenario && finding.signature == signature &&
           finding.releases.contain(in);
  });
  if (found == findings.end()) return std::nullopt;
  return *found;
}

}  // namespace stockcheck::source
