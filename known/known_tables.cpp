// SPDX-License-Identifier: GPL-2.0-only
#include "known/known_tables.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <functional>
#include <map>
#include <stdexcept>
#include <vector>

namespace stockcheck::known {

namespace {

using kind = known_place::kind;
using entry_filter = std::function<bool(const known_entry&)>;

std::string code(std::string_view text) { return fmt::format("`{}`", text); }

template <class List, class Text>
std::string joined(const List& list, Text text) {
  std::vector<std::string> words;
  for (const auto& one : list) words.push_back(text(one));
  return fmt::format("{}", fmt::join(words, ", "));
}

std::string text_of(const std::vector<kernel_source::kernel_release>& releases) {
  return joined(releases, [](const auto& release) { return release.text(); });
}

std::string text_of(const known_caller& caller) {
  if (caller.function.empty()) return caller.text;
  const bool calls = caller.text.ends_with("()");
  return fmt::format("`{}()` {} `{}{}`", caller.function, calls ? "calls" : "reads", caller.uses,
                     calls ? "()" : "");
}

std::string callers_of(const known_entry& entry) {
  return joined(entry.callers, [](const auto& caller) { return text_of(caller); });
}

std::string link_to(const known_entry& entry) {
  return fmt::format("[{}](known-properties.md#{})", entry.id, entry.id);
}

std::string files(const std::vector<known_patch>& patches) {
  return joined(patches, [](const known_patch& patch) {
    const std::string of = patch.kernel.empty() ? "our model" : patch.kernel;
    return fmt::format("[{}](../{}) (of {})", patch.file, patch.file, of);
  });
}

bool has(const known_entry& entry, kind what) {
  return std::ranges::any_of(entry.places, [&](const auto& place) { return place.as == what; });
}
bool is_lesson(const known_entry& entry) { return entry.id.starts_with("lesson-"); }

std::string place_text(const known_place& place) {
  std::string in = text_of(place.releases);
  if (!in.empty()) in = fmt::format("; {}", in);
  switch (place.as) {
    case kind::property: return fmt::format("{}{}", joined(place.scenarios, code), in);
    case kind::finding:
      return fmt::format("found by {}{}: \"{}\"", joined(place.scenarios, code), in,
                         place.signature);
    case kind::race:
      return fmt::format("a data race for {} between `{}()` and {}{}", joined(place.members, code),
                         place.function,
                         joined(place.against, [](const auto& f) { return code(f + "()"); }), in);
    case kind::difference:
      return fmt::format("{} ends in states of its own in {}{}",
                         place.alone.model && place.alone.kernel ? "each of the two"
                         : place.alone.model                     ? "our model"
                                                                 : "the kernel's code",
                         joined(place.scenarios, code), in);
  }
  return "";
}

std::string section(const known_entry& entry) {
  std::string text = fmt::format("### {}\n\n", entry.id);
  const auto add = [&](std::string_view about, const std::string& says) {
    if (!says.empty()) text += fmt::format("- **{}**: {}\n", about, says);
  };
  add("what", entry.happens);
  add("why", entry.reason);
  add("of", entry.about);
  for (const known_place& place : entry.places) add("where", place_text(place));
  add("does it matter", entry.matters);
  add("who", callers_of(entry));
  add("ends with", files(entry.remedies));
  add("does not end with", files(entry.not_enough));
  add("see", entry.reference);
  if (!entry.page.empty()) add("more", fmt::format("[{}]({})", entry.page, entry.page));
  return text + "\n";
}

std::string sections(const known_catalogue& catalogue, const entry_filter& which) {
  std::string text;
  for (const known_entry& entry : catalogue.entries())
    if (which(entry)) text += section(entry);
  return text;
}

/// A row for each place of that kind: what `first` says of it, where it was found, and the entry.
std::string rows(const known_catalogue& catalogue, kind what,
                 const std::function<std::string(const known_place&)>& first) {
  std::string text;
  for (const known_entry& entry : catalogue.entries())
    for (const known_place& place : entry.places)
      if (place.as == what && !place.releases.empty())
        text += fmt::format(
            "| {} | {} | {} | {} |\n", first(place), text_of(place.releases), link_to(entry),
            what == kind::difference ? entry.reason
                                     : fmt::format("{} | {}", entry.matters, callers_of(entry)));
  return text;
}

std::string scenarios_of(const known_place& place) { return joined(place.scenarios, code); }

std::string race_of(const known_place& place) {
  return fmt::format("{} | `{}()`, {}", joined(place.members, code), place.function,
                     joined(place.against, [](const auto& f) { return code(f + "()"); }));
}

using part = std::function<std::string(const known_catalogue&)>;

const std::map<std::string, part, std::less<>>& parts() {
  static const std::map<std::string, part, std::less<>> all{
      {"kernels",
       [](const auto& from) {
         return sections(from, [](const known_entry& e) {
           return e.about.empty() && !has(e, kind::difference);
         });
       }},
      {"differences",
       [](const auto& from) {
         return sections(from, [](const known_entry& e) { return has(e, kind::difference); });
       }},
      {"others",
       [](const auto& from) {
         return sections(from,
                         [](const known_entry& e) { return !e.about.empty() && !is_lesson(e); });
       }},
      {"lessons", [](const auto& from) { return sections(from, is_lesson); }},
      {"properties in kernels",
       [](const auto& from) {
         return "| scenario | found in | known as | does it matter? | who |\n"
                "| --- | --- | --- | --- | --- |\n" +
                rows(from, kind::property, scenarios_of);
       }},
      {"findings in kernels",
       [](const auto& from) {
         return "| scenario | found in | known as | does it matter? | who |\n"
                "| --- | --- | --- | --- | --- |\n" +
                rows(from, kind::finding, scenarios_of);
       }},
      {"races in kernels",
       [](const auto& from) {
         return "| member | functions | found in | known as | does it matter? | who |\n"
                "| --- | --- | --- | --- | --- | --- |\n" +
                rows(from, kind::race, race_of);
       }},
      {"differences from kernels",
       [](const auto& from) {
         return "| scenario | kernels | known as | why |\n| --- | --- | --- | --- |\n" +
                rows(from, kind::difference, scenarios_of);
       }},
  };
  return all;
}

}  // namespace

std::string with_known_tables(std::string_view page, const known_catalogue& catalogue) {
  constexpr std::string_view begin = "<!-- known: ";
  constexpr std::string_view close = " -->\n";
  constexpr std::string_view end = "<!-- end -->";
  std::string text;
  for (auto at = page.find(begin); at != std::string_view::npos; at = page.find(begin)) {
    const std::string_view name =
        page.substr(at + begin.size(), page.find(close, at) - at - begin.size());
    const auto found = parts().find(name);
    if (found == parts().end()) throw std::runtime_error(fmt::format("no part is \"{}\"", name));
    text += page.substr(0, at + begin.size() + name.size() + close.size());
    text += "\n";
    std::string part = found->second(catalogue);
    if (!part.ends_with("\n\n")) part += "\n";
    text += part;
    const auto rest = page.find(end, at);
    if (rest == std::string_view::npos)
      throw std::runtime_error(fmt::format("\"{}\" has no end", name));
    page.remove_prefix(rest);
  }
  return text.append(page);
}

}  // namespace stockcheck::known
