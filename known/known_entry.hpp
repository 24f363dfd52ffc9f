// SPDX-License-Identifier: GPL-2.0-only
// An entry of the catalogue of what is known, known/known.json: something that scenarios find and
// that is no news, where it is found, and why.
#pragma once

#include "kernel_source/kernel_release.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace stockcheck::known {

/// Who ends in states that the other does not reach.
struct ends_alone {
  bool model = false;
  bool kernel = false;

  friend constexpr bool operator==(const ends_alone&, const ends_alone&) = default;
};

/// Where an entry is found. `releases` are those of the examined kernels that have it; none if it
/// is found in our model alone.
struct known_place {
  enum class kind : std::uint8_t {
    property,    ///< of the algorithm: `scenarios` declare it, in our model and in every kernel
    finding,     ///< of kernels: `scenarios` find it, with `signature`
    race,        ///< of a kernel's unmarked accesses to one of `members`, in `function` and in one
                 ///< of `against`; which releases leave them unmarked is told from the code
    difference,  ///< `alone` ends in states of its own in `scenarios`
  };
  kind as = kind::property;
  std::vector<std::string> scenarios{};
  std::vector<std::string> ends{};  ///< of a property: its findings, see expected_findings
  std::string signature{};
  std::vector<std::string> members{};
  std::string function{};
  std::vector<std::string> against{};
  ends_alone alone{};
  std::vector<kernel_source::kernel_release> releases{};
};

/// Who makes it matter that something happens, or keeps it from mattering.
struct known_caller {
  std::string text{};  ///< "a() calls b()" or "a() reads m" of a kernel; of another thing, words
  std::string function{};  ///< of a kernel: "a"
  std::string uses{};      ///< and what it calls or reads: "b", "m"
};

/// A patch that was tried on it. A test tries it again.
struct known_patch {
  std::string file{};    ///< a diff of our model, or a sed script that makes one of a kernel
  std::string kernel{};  ///< of a script: the release that it is for
  std::vector<std::string> scenarios{};
};

struct known_entry {
  std::string id{};                     ///< words with dashes
  std::string happens{};                ///< what is seen
  std::string reason{};                 ///< why it is so; printed with every finding
  std::string matters{};                ///< whether it matters, and to whom
  std::vector<known_caller> callers{};  ///< at least one
  /// What has it, if no kernel does: a series of patches, an older kernel, or a lesson.
  std::string about{};
  std::string reference{};                ///< mail or commit, if one is about it
  std::string page{};                     ///< "findings.md#..." of docs/ that tells more, if any
  std::vector<known_patch> remedies{};    ///< that end it: `verify` says "newly passing"
  std::vector<known_patch> not_enough{};  ///< that look as if they did: "still failing"
  std::vector<known_place> places{};
};

}  // namespace stockcheck::known
