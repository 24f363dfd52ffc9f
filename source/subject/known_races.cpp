#include "source/subject/known_races.hpp"

#include <algorithm>
#include <array>

namespace stockcheck::source {

namespace {

constexpr std::string_view no_tearing =
    "unmarked on purpose or by oversight; the machine reads and writes an aligned word at once, "
    "and "
    "no compiler has a reason to do it in parts or twice";
constexpr std::string_view peak =
    "memory.peak is reset with plain stores while charges raise it; what may be lost is a peak, "
    "never a charge";
constexpr std::string_view effective =
    "two walks of reclaim store effective protection at once; the values are estimates, and the "
    "next walk stores new ones";

constexpr std::string_view peek =
    "a drain looks at the stocks of other CPUs, which asks them to look again themselves; a wrong "
    "guess is a drain too many or too few. Marked in 2023: \"mm: memcg: use "
    "READ_ONCE()/WRITE_ONCE() to access stock->cached\" and what followed";

constexpr kernel_releases all{{6, 1}};
constexpr kernel_releases unmarked{{6, 1}, {6, 1}};
/// Those with memory.peak for each reader, and with protection in the counters' own file.
constexpr kernel_releases newer{{6, 12}};

/// Sorted by what they are about. The reference is the section of the kernel-dossier.
constexpr std::array races{
    known_race{"data race: max", "page_counter_set_max, page_counter_try_charge", all, "S11, 2.4",
               no_tearing},
    known_race{"data race: watermark", "page_counter_charge, page_counter_reset_watermark", all,
               "2.4", peak},
    known_race{"data race: watermark", "page_counter_reset_watermark, page_counter_try_charge", all,
               "2.4", peak},
    known_race{"data race: local_watermark", "page_counter_charge, page_counter_reset_watermark",
               newer, "2.4", peak},
    known_race{"data race: local_watermark",
               "page_counter_reset_watermark, page_counter_try_charge", newer, "2.4", peak},
    known_race{"data race: emin",
               "page_counter_calculate_protection, page_counter_calculate_protection", newer, "2.4",
               effective},
    known_race{"data race: elow",
               "page_counter_calculate_protection, page_counter_calculate_protection", newer, "2.4",
               effective},
    known_race{"data race: cached", "__refill_stock, drain_all_stock", unmarked, "2.4", peek},
    known_race{"data race: cached", "drain_all_stock, drain_stock", unmarked, "2.4", peek},
    known_race{"data race: nr_pages", "__refill_stock, drain_all_stock", unmarked, "2.4", peek},
    known_race{"data race: nr_pages", "consume_stock, drain_all_stock", unmarked, "2.4", peek},
    known_race{"data race: nr_pages", "drain_all_stock, drain_stock", unmarked, "2.4", peek},
};

}  // namespace

std::optional<known_race> find_known_race(std::string_view signature, std::string_view functions,
                                          const kernel_release& in) {
  const auto* const found = std::ranges::find_if(races, [&](const known_race& race) {
    return race.signature == signature && race.functions == functions && race.releases.contain(in);
  });
  if (found == races.end()) return std::nullopt;
  return *found;
}

}  // namespace stockcheck::source
