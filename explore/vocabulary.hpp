// SPDX-License-Identifier: GPL-2.0-only
// What an exploration is chosen by: a memory model and a search, with the words that users know
// them by.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace stockcheck::explore {

/// The executions that are possible. Each allows what the ones before it do.
enum class memory_model : std::uint8_t {
  sc,    ///< sequential consistency (Lamport)
  tso,   ///< x86: po without write -> read, unless fenced; seq_cst stores are exchanges
  rc11,  ///< repaired C/C++11 (Lahav et al., PLDI 2017), C++20 release sequences
};

struct memory_model_words {
  memory_model model;
  std::string_view option;  ///< its word on the command line
  std::string_view title;   ///< in reports
  std::string_view help;
};

/// The strongest first, the weakest last.
inline constexpr std::array memory_models{
    memory_model_words{memory_model::sc, "sc", "SC", "sequential consistency"},
    memory_model_words{memory_model::tso, "tso", "TSO", "x86"},
    memory_model_words{memory_model::rc11, "rc11", "RC11", "C++, nearest to the kernel's"},
};

[[nodiscard]] constexpr const memory_model_words& words_of(memory_model model) {
  return memory_models.at(static_cast<std::size_t>(model));
}

/// Which executions are explored.
enum class search : std::uint8_t {
  exhaustive,   ///< every consistent execution graph, once: a pass is a proof
  preemptions,  ///< interleavings with at most `bound` preemptions of a task that could go on
  switches,     ///< interleavings with at most `bound` context switches; when these are used up, a
                ///< switch that has to be made goes to the first task that can go on
  uniform,      ///< random: the next task is drawn among those that can go on
  pct,          ///< random: priorities with `bound` - 1 changes (Burckhardt et al., ASPLOS 2010)
  pos,          ///< random: a new priority for each event (Yuan et al., CAV 2018)
};

struct search_words {
  explore::search search;
  std::string_view option;  ///< its word on the command line
  std::string_view help;
  bool is_random;  ///< executions are drawn: chance decides what is seen
  bool has_bound;
  /// These say what is bounded, one and several of it; they are empty if executions are drawn.
  std::string_view bounded{};
  std::string_view bounded_many{};
};

inline constexpr std::array searches{
    search_words{search::exhaustive, "full", "every execution", false, false},
    search_words{search::preemptions, "bound", "at most --bound preemptions", false, true,
                 "preemption", "preemptions"},
    search_words{search::switches, "switches", "at most --bound context switches", false, true,
                 "context switch", "context switches"},
    search_words{search::uniform, "random", "tasks drawn", true, false},
    search_words{search::pct, "pct", "drawn for bugs of depth --bound", true, true},
    search_words{search::pos, "pos", "drawn by a priority for each event", true, false},
};

[[nodiscard]] constexpr const search_words& words_of(search how) {
  return searches.at(static_cast<std::size_t>(how));
}

}  // namespace stockcheck::explore
