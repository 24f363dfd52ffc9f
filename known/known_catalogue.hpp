// SPDX-License-Identifier: GPL-2.0-only
// What is known: the one place that says of a finding that it is no news, and why.
#pragma once

#include "known/known_entry.hpp"
#include "known/known_reader.hpp"
#include "report/result.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stockcheck::known {

/// Releases that nobody examined inherit from their neighbours: what the next older or the next
/// newer examined one is known for is known of those between them, too.
class known_catalogue {
 public:
  /// Reads the text of known/known.json. Throws std::runtime_error if it is not as it should be.
  explicit known_catalogue(std::string_view json) : table_(read_known_table(json)) {}

  [[nodiscard]] std::span<const known_entry> entries() const { return table_.entries; }
  [[nodiscard]] std::span<const kernel_source::kernel_release> examined() const {
    return table_.examined;
  }
  [[nodiscard]] const known_entry* find(std::string_view id) const;

  /// What a scenario declares by an id. A scenario that a patch adds may name an entry that is not
  /// here: then the reason says so.
  [[nodiscard]] report::known_reference property(std::string_view id) const;
  /// The findings that the property of a scenario consists of: the words of each, with its
  /// small numbers, or its signature. None if the catalogue does not say.
  [[nodiscard]] std::vector<std::string> ends(std::string_view id,
                                              const std::string& scenario) const;
  /// Whether a kernel has the property that a scenario declares: its release was examined, and did.
  [[nodiscard]] bool has_property(std::string_view id, const std::string& scenario,
                                  const kernel_source::kernel_release& in) const;
  /// What a scenario finds in a kernel, with the signature of the finding.
  [[nodiscard]] std::optional<report::known_reference> finding(
      std::string_view scenario, std::string_view signature,
      const kernel_source::kernel_release& in) const;
  /// A data race: its signature, "data race: max", and its functions, "a, b". It is reported of
  /// unmarked accesses alone, so that no release has to be named.
  [[nodiscard]] std::optional<report::known_reference> race(std::string_view signature,
                                                            std::string_view functions) const;
  /// That our model and a kernel end in different states.
  [[nodiscard]] std::optional<report::known_reference> difference(
      std::string_view scenario, const ends_alone& who,
      const kernel_source::kernel_release& in) const;

 private:
  known_table table_;
};

/// That of known/known.json when stockcheck was built.
const known_catalogue& shipped_catalogue();

}  // namespace stockcheck::known
