// SPDX-License-Identifier: GPL-2.0-only
#include "known/known_catalogue.hpp"

#include "known/known_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

namespace stockcheck::known {

namespace {

using kernel_source::kernel_release;
using kind = known_place::kind;

bool contains(const auto& list, const auto& one) {
  return std::ranges::find(list, one) != std::ranges::end(list);
}

/// Lists which examined releases say something about one: itself, or else its two neighbours.
std::vector<kernel_release> witnesses(std::span<const kernel_release> examined,
                                      const kernel_release& of) {
  if (of == kernel_release{}) return {};
  const auto next = std::ranges::lower_bound(examined, of);
  if (next != examined.end() && *next == of) return {of};
  std::vector<kernel_release> both;
  if (next != examined.begin()) both.push_back(*std::prev(next));
  if (next != examined.end()) both.push_back(*next);
  return both;
}

/// `as_in` is the release that it is inherited from; none if this one was examined.
report::known_reference reference_to(const known_entry& entry,
                                     const std::optional<kernel_release>& as_in = {}) {
  return {entry.id,
          as_in ? fmt::format("as in {}: {}", as_in->text(), entry.reason) : entry.reason};
}

/// The entry that has such a place in a release, or in one that it inherits from.
std::optional<report::known_reference> look_up(const known_table& table, const kernel_release& in,
                                               const auto& is_it) {
  const std::vector<kernel_release> all = witnesses(table.examined, in);
  for (const known_entry& entry : table.entries)
    for (const known_place& place : entry.places) {
      if (!is_it(place)) continue;
      for (const kernel_release& one : all)
        if (contains(place.releases, one))
          return one == in ? reference_to(entry) : reference_to(entry, one);
    }
  return std::nullopt;
}

/// As race_collector names the two functions of a race.
std::string pair_of(const std::string& one, const std::string& other) {
  return one < other ? fmt::format("{}, {}", one, other) : fmt::format("{}, {}", other, one);
}

bool is_race(const known_place& place, std::string_view signature, std::string_view functions) {
  return place.as == kind::race &&
         std::ranges::any_of(place.members,
                             [&](const auto& member) {
                               return signature == fmt::format("data race: {}", member);
                             }) &&
         std::ranges::any_of(place.against, [&](const auto& other) {
           return functions == pair_of(place.function, other);
         });
}

}  // namespace

const known_entry* known_catalogue::find(std::string_view id) const {
  const auto found = std::ranges::find(table_.entries, id, &known_entry::id);
  return found == table_.entries.end() ? nullptr : &*found;
}

report::known_reference known_catalogue::property(std::string_view id) const {
  const known_entry* const entry = find(id);
  return {.id = std::string(id),
          .reason = entry != nullptr
                        ? entry->reason
                        : "known/known.json, as it was when stockcheck was built, has no entry",
          .declared = true};
}

std::vector<std::string> known_catalogue::ends(std::string_view id,
                                               const std::string& scenario) const {
  std::vector<std::string> all;
  const known_entry* const entry = find(id);
  if (entry == nullptr) return all;
  for (const known_place& place : entry->places)
    if (place.as == kind::property && contains(place.scenarios, scenario))
      all.insert(all.end(), place.ends.begin(), place.ends.end());
  return all;
}

bool known_catalogue::has_property(std::string_view id, const std::string& scenario,
                                   const kernel_release& in) const {
  const known_entry* const entry = find(id);
  return entry != nullptr && std::ranges::any_of(entry->places, [&](const known_place& place) {
           return place.as == kind::property && contains(place.scenarios, scenario) &&
                  contains(place.releases, in);
         });
}

std::optional<report::known_reference> known_catalogue::finding(std::string_view scenario,
                                                                std::string_view signature,
                                                                const kernel_release& in) const {
  return look_up(table_, in, [&](const known_place& place) {
    return place.as == kind::finding && place.signature == signature &&
           contains(place.scenarios, scenario);
  });
}

std::optional<report::known_reference> known_catalogue::race(std::string_view signature,
                                                             std::string_view functions) const {
  for (const known_entry& entry : table_.entries)
    for (const known_place& place : entry.places)
      if (is_race(place, signature, functions)) return reference_to(entry);
  return std::nullopt;
}

std::optional<report::known_reference> known_catalogue::difference(std::string_view scenario,
                                                                   const ends_alone& who,
                                                                   const kernel_release& in) const {
  return look_up(table_, in, [&](const known_place& place) {
    return place.as == kind::difference && place.alone == who &&
           contains(place.scenarios, scenario);
  });
}

const known_catalogue& shipped_catalogue() {
  static const known_catalogue shipped(known_file().front().text);
  return shipped;
}

}  // namespace stockcheck::known
