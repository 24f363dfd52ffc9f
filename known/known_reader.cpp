// SPDX-License-Identifier: GPL-2.0-only
#include "known/known_reader.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <regex>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>

namespace stockcheck::known {

namespace {

using nlohmann::json;

/// The members of an object, each of which must be asked for by its name.
class members {
 public:
  members(const json& object, std::string of) : object_(object), of_(std::move(of)) {
    if (!object_.is_object()) refuse("is no object");
  }

  [[nodiscard]] std::string text(const std::string& name) {
    const json& value = get(name);
    if (!value.is_string() || value.get<std::string>().empty()) refuse(name + " is no text");
    return value.get<std::string>();
  }
  [[nodiscard]] std::string text_if_any(const std::string& name) {
    return object_.contains(name) ? text(name) : std::string{};
  }
  [[nodiscard]] std::vector<std::string> texts(const std::string& name) {
    const json& value = get(name);
    if (!value.is_array() || value.empty()) refuse(name + " is no list");
    std::vector<std::string> all;
    for (const json& one : value) {
      if (!one.is_string()) refuse(name + " is no list of texts");
      all.push_back(one.get<std::string>());
    }
    return all;
  }
  [[nodiscard]] const json& get(const std::string& name) {
    asked_.insert(name);
    if (!object_.contains(name)) refuse("has no " + name);
    return object_.at(name);
  }

  [[nodiscard]] const std::string& name() const { return of_; }

  void end() const {
    for (const auto& [name, unused] : object_.items())
      if (!asked_.contains(name)) refuse("nothing is called " + name);
  }
  [[noreturn]] void refuse(const std::string& why) const {
    throw std::runtime_error(fmt::format("known/known.json: {}: {}", of_, why));
  }

 private:
  const json& object_;
  std::string of_;
  std::set<std::string> asked_{};
};

std::vector<kernel_source::kernel_release> releases(members& of, const std::string& name) {
  std::vector<kernel_source::kernel_release> all;
  for (const std::string& text : of.texts(name)) {
    all.push_back(kernel_source::release_of(text));
    if (all.back().text() != text) of.refuse(text + " is no release");
  }
  if (!std::ranges::is_sorted(all)) of.refuse(name + " are not in order");
  return all;
}

known_place::kind kind_of(members& of, const std::string& name) {
  constexpr std::array<std::string_view, 4> words{"property", "finding", "race", "difference"};
  const std::string text = of.text(name);
  const auto found = std::ranges::find(words, text);
  if (found == words.end()) of.refuse(fmt::format("{} is not {}", name, fmt::join(words, " or ")));
  return static_cast<known_place::kind>(found - words.begin());
}

ends_alone who(members& of, const std::string& name) {
  ends_alone alone;
  for (const std::string& text : of.texts(name)) {
    if (text != "model" && text != "kernel") of.refuse(text + " is neither model nor kernel");
    (text == "model" ? alone.model : alone.kernel) = true;
  }
  return alone;
}

/// "a() calls b()" or "a() reads m", where it is about a kernel.
known_caller caller_of(members& of, const std::string& text, bool is_of_kernel) {
  if (!is_of_kernel) return {.text = text};
  static const std::regex use{R"((\w+)\(\) (?:calls (\w+)\(\)|reads (\w+)))"};
  std::smatch match;
  if (!std::regex_match(text, match, use))
    of.refuse(fmt::format("\"{}\" is not \"a() calls b()\" or \"a() reads m\"", text));
  return {.text = text, .function = match[1], .uses = match[2].str() + match[3].str()};
}

known_place place_of(const json& object, const std::string& id) {
  using kind = known_place::kind;
  members of(object, id);
  known_place place;
  place.as = kind_of(of, "as");
  if (place.as == kind::race) {
    place.members = of.texts("members");
    place.function = of.text("function");
    place.against = of.texts("against");
  } else {
    place.scenarios = of.texts("scenarios");
  }
  if (place.as == kind::property) place.ends = of.texts("ends");
  if (place.as == kind::finding) place.signature = of.text("signature");
  if (place.as == kind::difference) place.alone = who(of, "alone");
  if (place.as != kind::property || object.contains("releases"))
    place.releases = releases(of, "releases");
  of.end();
  return place;
}

std::vector<known_patch> patches(members& of, const json& object, const std::string& name,
                                 const std::string& id) {
  if (!object.contains(name)) return {};
  std::vector<known_patch> all;
  for (const json& one : of.get(name)) {
    members patch(one, id);
    all.push_back({.file = patch.text("patch"),
                   .kernel = patch.text_if_any("kernel"),
                   .scenarios = patch.texts("scenarios")});
    if (all.back().file.ends_with(".sed") == all.back().kernel.empty())
      patch.refuse(all.back().file + ": a script is for a kernel, and a diff is not");
    patch.end();
  }
  return all;
}

known_entry entry_of(const json& object) {
  members of(object, object.value("id", "an entry without an id"));
  known_entry entry{.id = of.text("id"),
                    .happens = of.text("happens"),
                    .reason = of.text("reason"),
                    .matters = of.text("matters"),
                    .about = of.text_if_any("about"),
                    .reference = of.text_if_any("reference"),
                    .page = of.text_if_any("page"),
                    .remedies = patches(of, object, "remedies", of.name()),
                    .not_enough = patches(of, object, "not_enough", of.name())};
  for (const std::string& text : of.texts("callers"))
    entry.callers.push_back(caller_of(of, text, entry.about.empty()));
  if (entry.id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") != std::string::npos)
    of.refuse("an id has small letters, digits and dashes");
  for (const json& place : of.get("places")) entry.places.push_back(place_of(place, entry.id));
  of.end();
  return entry;
}

}  // namespace

known_table read_known_table(std::string_view text) {
  const json whole = json::parse(text);
  members of(whole, "the catalogue");
  known_table table{.examined = releases(of, "examined")};
  for (const json& object : of.get("known")) {
    table.entries.push_back(entry_of(object));
    const std::string& id = table.entries.back().id;
    if (std::ranges::count(table.entries, id, &known_entry::id) > 1)
      of.refuse(id + " is there twice");
  }
  of.end();
  return table;
}

}  // namespace stockcheck::known
