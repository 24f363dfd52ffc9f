// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/run/left_out.hpp"

#include <fmt/format.h>
#include <fnmatch.h>

#include <algorithm>
#include <array>

namespace stockcheck::kernel_source {

namespace {

/// `names` is a pattern of names, `what` a clause.
struct blind_spot {
  const char* names;
  const char* what;
};

constexpr const char* reclaim =
    "of what reclaim is asked for only the number of pages is looked at";
constexpr const char* nmi = "no code runs in an NMI here";
constexpr const char* slots = "stocks have two slots here, however many a kernel gives them";
constexpr const char* high = "memory.high is left out";
constexpr const char* events = "events are left out";
constexpr const char* dying = "no task that charges is dying here";
constexpr const char* lru = "pages on LRU lists are left out";

/// In agreement with kernel_source/shim/, which has something else in their place.
constexpr std::array all{
    blind_spot{"try_to_free_mem_cgroup_pages", reclaim},
    blind_spot{"MEMCG_RECLAIM_*", reclaim},
    blind_spot{"reclaim_options", reclaim},
    blind_spot{"swappiness", reclaim},
    blind_spot{"*nmi*", nmi},
    blind_spot{"*NMI*", nmi},
    blind_spot{"MEMCG_CHARGE_BATCH", "the size of a batch is the scenario's, and a few pages"},
    blind_spot{"NR_MEMCG_STOCK", slots},
    blind_spot{"NR_OBJ_STOCK", slots},
    blind_spot{"MAX_RECLAIM_RETRIES", "how often reclaim is tried again is the scenario's"},
    blind_spot{"*over_high*", high},
    blind_spot{"reclaim_high", high},
    blind_spot{"high_work*", high},
    blind_spot{"*memory_event*", events},
    blind_spot{"psi_memstall_*", "pressure stall information is left out"},
    blind_spot{"vmpressure*", "vmpressure is left out"},
    blind_spot{"task_is_dying", dying},
    blind_spot{"tsk_is_oom_victim", dying},
    blind_spot{"*charge_swap*", "charges of swap are left out"},
    blind_spot{"memcg1_*", "what cgroup v1 alone does is left out"},
    blind_spot{"*lru_gen*", lru},
    blind_spot{"lru_reparent_memcg", lru},
};

}  // namespace

std::vector<std::string> left_out(const std::set<std::string>& names) {
  std::vector<std::string> sentences;
  std::set<std::string> said;
  for (const blind_spot& spot : all) {
    const auto found = std::ranges::find_if(
        names, [&](const std::string& name) { return fnmatch(spot.names, name.c_str(), 0) == 0; });
    if (found != names.end() && said.insert(spot.what).second)
      sentences.push_back(fmt::format("{} ({} is in changed lines)", spot.what, *found));
  }
  return sentences;
}

}  // namespace stockcheck::kernel_source
