// SPDX-License-Identifier: GPL-2.0-only
// The result record: what one run of one checker on one scenario found. Everything that is printed
// or written as JSON comes from it.
#pragma once

#include "verdict/finding.hpp"
#include "verdict/verdict.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace stockcheck::report {

/// A number with a name.
struct number {
  std::string name{};
  long value = 0;
  friend bool operator==(const number&, const number&) = default;
};

struct source_line {
  std::string file{};
  unsigned line = 0;
  std::string function{};
  friend bool operator==(const source_line&, const source_line&) = default;
};

/// One step of a counterexample.
struct step {
  unsigned task = 0;
  std::string what{};
  bool stale = false;  ///< read a value that another store had already replaced
  source_line at{};
  friend bool operator==(const step&, const step&) = default;
};

/// What was broken, in words and numbers, and the interleaving that breaks it.
struct finding {
  oracle kind = oracle::scenario;
  std::string what{};
  std::vector<number> numbers{};
  source_line at{};
  std::vector<std::string> functions{};  ///< of the code under test that it is about, if it tells
  std::vector<step> steps{};  ///< in the order of execution; empty when the checker cannot tell
  /// The cause, by which findings are compared, whatever their words: "oracle: function: condition"
  /// or "oracle: function: member" as far as there are such, see docs/json.md.
  std::string signature{};
  friend bool operator==(const finding&, const finding&) = default;
};

/// A final state and how many executions ended in it.
struct outcome {
  std::string state{};
  std::uint64_t count = 0;
  std::uint64_t known = 0;          ///< of them, those that show something known
  std::uint64_t known_of_code = 0;  ///< and it is no property that the scenario declares
  friend bool operator==(const outcome&, const outcome&) = default;
};

/// A measured quantity, such as operations per second.
struct metric {
  std::string name{};
  double value = 0;
  std::string unit{};
  friend bool operator==(const metric&, const metric&) = default;
};

/// An entry of the catalogue of what is known, and why it is no news.
struct known_reference {
  std::string id{};
  std::string reason{};
  /// By the scenario, of the algorithm that it is about, and not of a release of the kernel: no
  /// licence for a patch that proposes that algorithm.
  bool declared = false;
  friend bool operator==(const known_reference&, const known_reference&) = default;
};

/// As it stands in every output: "known: false-refusal: pages are charged first".
[[nodiscard]] inline std::string text_of(const known_reference& known) {
  return "known: " + known.id + ": " + known.reason;
}

/// A data race of a subject whose plain accesses are looked at, which was passed over to see the
/// rest.
struct race {
  report::finding finding{};
  std::optional<known_reference> known{};  ///< set if it is one that the kernel lives with
  friend bool operator==(const race&, const race&) = default;
};

/// Something that is known, behind which a run went on.
struct known_finding {
  report::finding finding{};
  known_reference known{};
  friend bool operator==(const known_finding&, const known_finding&) = default;
};

struct result {
  std::string subject{};  ///< the kernel that was checked; empty for our model
  std::string scenario{};
  std::string checker{};
  std::vector<std::string> tasks{};  ///< what each task does and where
  stockcheck::verdict verdict = stockcheck::verdict::unknown;
  std::string
      guarantee{};  ///< what the verdict is worth: strategy and bounds, or why it is unknown
  stockcheck::reach reach = stockcheck::reach::cut;
  /// What the run is about and did not happen, such as "no interrupt came"; empty if all did.
  std::string missing{};
  std::optional<report::finding> finding{};
  std::optional<known_reference> known{};  ///< set for scenarios that declare a known property
  /// What is known and was found first, where something else was found, or the search behind it did
  /// not come to its end.
  std::optional<report::finding> passed_over{};
  std::vector<known_finding> known_findings{};  ///< all that were found and are known
  std::uint64_t known_executions = 0;           ///< that have such
  std::vector<race> races{};
  std::string proof{};  ///< the memory model a pass is a proof under; empty if it is none
  std::string model{};  ///< the memory model that was explored; empty if the checker has one only
  std::uint64_t executions = 0;
  std::uint64_t complete = 0;  ///< of them, those in which all tasks ended, if the checker tells
  std::uint64_t blocked = 0;   ///< of them, those in which a task awaits a value that was replaced
  std::uint64_t events =
      0;  ///< of shared memory, run in them, if the checker tells: the work that was done
  double seconds = 0;  ///< wall-clock
  std::uint64_t seed = 0;
  std::vector<outcome> outcomes{};       ///< most frequent first
  std::vector<std::string> functions{};  ///< of the subject that ran, if the checker tells
  /// Holds by file which of the lines that the checker was asked about ran.
  std::map<std::string, std::set<unsigned>> lines{};
  std::vector<metric> metrics{};
  std::string replay{};  ///< the command that finds it again; empty when nothing was found
  friend bool operator==(const result&, const result&) = default;
};

}  // namespace stockcheck::report
