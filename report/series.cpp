// SPDX-License-Identifier: GPL-2.0-only
#include "report/series.hpp"

#include "report/comparison.hpp"
#include "report/quotation.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <vector>

namespace stockcheck::report {

namespace {

/// Names the worst change where the patches break something.
change worst_change_of(const verification& of) {
  const std::vector<compared> all = compare(of.before, of.after);
  const bool breaks = std::ranges::find(all, change::newly_failing, &compared::change) != all.end();
  return breaks ? change::newly_failing : change::new_failing;
}

std::string word_of(const verification& of) {
  switch (exit_code_of(of)) {
    case exit_code::passed: return of.nothing_to_check.empty() ? "passes" : "changes no code";
    case exit_code::failure_found: return std::string(name_of(worst_change_of(of)));
    case exit_code::wrong_usage: return "no code";
    default: return of.not_checked.empty() ? "unknown" : "not checked";
  }
}

verdict colour_of(const verification& of) {
  switch (exit_code_of(of)) {
    case exit_code::passed: return verdict::pass;
    case exit_code::failure_found:
    case exit_code::wrong_usage: return verdict::fail;
    default: return verdict::unknown;
  }
}

std::string rows(std::span<const verification> series, const style& with) {
  std::string text;
  for (std::size_t i = 0; i < series.size(); ++i)
    text += fmt::format("{:>2} of {}  {}  {}\n", i + 1, series.size(),
                        with.of(colour_of(series[i]), fmt::format("{:<15}", word_of(series[i]))),
                        fmt::join(series[i].patches, "; "));
  return text;
}

template <class Text>
std::string parts(std::span<const verification> series, Text text_of) {
  std::string text;
  for (std::size_t i = 0; i < series.size(); ++i)
    text += fmt::format("\n--- {} of {} ---\n\n{}", i + 1, series.size(), text_of(series[i]));
  return text;
}

}  // namespace

exit_code exit_code_of(std::span<const verification> series) {
  for (const exit_code worst :
       {exit_code::failure_found, exit_code::wrong_usage, exit_code::stayed_unknown})
    if (std::ranges::any_of(series, [worst](const auto& v) { return exit_code_of(v) == worst; }))
      return worst;
  return exit_code::passed;
}

std::string series_text(std::span<const verification> series, const style& with) {
  return rows(series, with) +
         parts(series, [&](const verification& v) { return verification_text(v, with); });
}

std::string series_reply(std::span<const verification> series) {
  std::string text;
  for (std::size_t i = 0; i < series.size(); ++i) {
    text += fmt::format("{:>2} of {}  {}\n", i + 1, series.size(), word_of(series[i]));
    for (const std::string& patch : series[i].patches) text += quoted(patch);
  }
  return text + parts(series, reply_text);
}

}  // namespace stockcheck::report
