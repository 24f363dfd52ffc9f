// SPDX-License-Identifier: GPL-2.0-only
#include "report/verification.hpp"

#include "report/counterexample.hpp"
#include "report/quotation.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

namespace stockcheck::report {

namespace {

std::size_t count(const std::vector<compared>& all, change kind) {
  return static_cast<std::size_t>(std::ranges::count(all, kind, &compared::change));
}

std::string plural(std::size_t n, std::string_view what) {
  return fmt::format("{} {}{}", n, what, n == 1 ? "" : "s");
}

/// What the scenario says about the algorithm that a patch proposes, which excuses nothing.
std::string licence(const compared& c) {
  return c.after->known && c.after->known->declared
             ? fmt::format("; the scenario declares it: {}: {}", c.after->known->id,
                           c.after->known->reason)
             : "";
}

/// What the row says beside the scenario's name.
std::string remark(const compared& c) {
  switch (c.change) {
    case change::newly_failing: return summary_of(c.news.front());
    case change::new_failing: return summary_of(c.news.front()) + licence(c);
    case change::newly_passing: return fmt::format("no longer found: {}", fmt::join(c.gone, "; "));
    case change::found_no_more: return fmt::format("{}; but {}", fmt::join(c.gone, "; "), c.why);
    case change::still_failing:
      if (c.after->verdict == verdict::known && c.after->known) return text_of(*c.after->known);
      if (c.after->passed_over && c.after->known && c.after->finding)
        return fmt::format("{}; behind it {}", text_of(*c.after->known),
                           summary_of(*c.after->finding));
      return c.after->finding ? summary_of(*c.after->finding) : c.after->guarantee;
    case change::unknown:
      return c.news.empty() ? c.why : fmt::format("{}; now {}", c.why, summary_of(c.news.front()));
    default: return c.after->guarantee;
  }
}

std::string coloured(change c, const std::string& text, const style& with) {
  switch (c) {
    case change::newly_failing:
    case change::new_failing: return with.of(verdict::fail, text);
    case change::newly_passing: return with.of(verdict::pass, text);
    case change::still_failing: return with.of(verdict::known, text);
    case change::unknown:
    case change::found_no_more: return with.of(verdict::unknown, text);
    case change::unchecked: return with.of(verdict::unchecked, text);
    default: return with.dim(text);
  }
}

/// A line for each reason why scenarios were not run.
std::string reason_rows(const std::vector<compared>& all, change kind, const style& with) {
  constexpr std::size_t few = 3;
  const auto reason_of = [](const compared& c) -> const std::string& {
    return c.why.empty() ? c.after->guarantee : c.why;
  };
  std::vector<std::string> reasons;
  for (const compared& c : all)
    if (c.change == kind && std::ranges::find(reasons, reason_of(c)) == reasons.end())
      reasons.push_back(reason_of(c));
  std::string text;
  for (const std::string& reason : reasons) {
    std::vector<std::string> names;
    for (const compared& c : all)
      if (c.change == kind && reason_of(c) == reason) names.push_back(c.after->scenario);
    text += fmt::format("{}  {}: {}\n", coloured(kind, fmt::format("{:<13}", name_of(kind)), with),
                        names.size() > few ? plural(names.size(), "scenario")
                                           : fmt::format("{}", fmt::join(names, ", ")),
                        reason);
  }
  return text;
}

/// A line for each scenario of interest, and one for all that did not change.
std::string rows(const std::vector<compared>& all, const style& with) {
  std::size_t width = 0;
  for (const compared& c : all) width = std::max(width, c.after->scenario.size());
  std::string text;
  for (const change kind : {change::newly_failing, change::new_failing, change::newly_passing,
                            change::found_no_more, change::unknown, change::still_failing})
    for (const compared& c : all)
      if (c.change == kind)
        text += fmt::format("{}  {:<{}}  {}\n",
                            coloured(kind, fmt::format("{:<13}", name_of(kind)), with),
                            c.after->scenario, width, remark(c));
  if (const std::size_t same = count(all, change::unchanged); same > 0)
    text += fmt::format("{}  {}: nothing found, before or after\n",
                        with.dim(fmt::format("{:<13}", name_of(change::unchanged))),
                        plural(same, "scenario"));
  if (const std::size_t more = count(all, change::new_alone); more > 0)
    text += fmt::format("{}  {} only after the patch: nothing found that was not there before\n",
                        with.dim(fmt::format("{:<13}", name_of(change::new_alone))),
                        plural(more, "scenario"));
  for (const change kind : {change::skipped, change::unchecked})
    text += reason_rows(all, kind, with);
  return text;
}

/// A line for each scenario whose final states are others now, whatever is found in it.
std::string state_rows(const std::vector<compared>& all, const style& with) {
  std::string text;
  for (const compared& c : all)
    if (!c.states.empty())
      text +=
          fmt::format("{}  {}: {} new, {} gone\n", with.bold(fmt::format("{:<13}", "final states")),
                      c.after->scenario, c.states.added.size(), c.states.gone.size());
  return text;
}

/// Says in a reply how many scenarios have other final states now, and shows how they come about.
std::string states_paragraph(const std::vector<compared>& all, const verification& of) {
  const auto changed = static_cast<std::size_t>(
      std::ranges::count_if(all, [](const compared& c) { return !c.states.empty(); }));
  if (changed == 0) return "";
  std::string text =
      fmt::format("{} can end in other states than before, which by itself breaks no promise.\n",
                  plural(changed, "scenario"));
  if (const std::string states = witnesses_text(of.witnesses, style{false}); !states.empty())
    text += '\n' + quoted(states);
  return text;
}

/// The result with one of its findings as the one.
result with_finding(const compared& c, const finding& news) {
  result shown = *c.after;
  shown.verdict = verdict::fail;
  shown.finding = news;
  return shown;
}

std::string counts_line(const std::vector<compared>& all) {
  std::string line;
  for (std::size_t kind = 0; kind < change_names.size(); ++kind)
    if (const std::size_t n = count(all, static_cast<change>(kind)); n > 0 || kind < 3)
      line += fmt::format("{}{} {}", line.empty() ? "" : ", ", n, change_names.at(kind));
  return line;
}

std::string functions_text(const std::vector<std::string>& names) {
  return fmt::format("{}()", fmt::join(names, "(), "));
}

/// "7 compiled and run, 1 not compiled"
std::string line_counts(const std::vector<touched_line>& lines) {
  std::string text;
  for (std::size_t s = 0; s < line_state_names.size(); ++s)
    if (const auto n = std::ranges::count(lines, static_cast<line_state>(s), &touched_line::state);
        n > 0)
      text += fmt::format("{}{} {}", text.empty() ? "" : "; ", n, line_state_names.at(s));
  return text;
}

/// In lines that mail programs do not break.
std::string wrapped(const std::string& sentence) {
  constexpr std::size_t width = 72;
  std::string text;
  std::size_t used = 0;
  for (std::size_t begin = 0; begin < sentence.size();) {
    const std::size_t end = std::min(sentence.find(' ', begin), sentence.size());
    if (used != 0 && used + 1 + end - begin > width) {
      text += '\n';
      used = 0;
    } else if (used != 0) {
      text += ' ';
      ++used;
    }
    text.append(sentence, begin, end - begin);
    used += end - begin;
    begin = end + 1;
  }
  return text;
}

/// Picks the scenarios with a change of this kind that have something to show.
std::vector<const compared*> with_news(const std::vector<compared>& all, change kind) {
  std::vector<const compared*> chosen;
  for (const compared& c : all)
    if (c.change == kind && !c.news.empty()) chosen.push_back(&c);
  return chosen;
}

/// That some fail now, the shortest counterexample, and what each of them finds.
std::string failures_text(const std::vector<const compared*>& of, std::string_view and_before) {
  const compared& shortest = **std::ranges::min_element(
      of, {}, [](const compared* c) { return c->news.front().steps.size(); });
  std::string text = fmt::format(
      "{} now {}{}. The shortest counterexample:\n\n{}\nAll of them:\n\n",
      plural(of.size(), "scenario"), of.size() == 1 ? "fails" : "fail", and_before,
      quoted(counterexample(with_finding(shortest, shortest.news.front()), style{false})));
  for (const compared* c : of)
    text += quoted(fmt::format("{}\n    {}", c->after->scenario, summary_of(c->news.front())));
  return text;
}

/// What the scenarios say, in paragraphs.
std::string verdict_text(const std::vector<compared>& all, const verification& of) {
  const std::vector failing = with_news(all, change::newly_failing);
  const std::vector proposed = with_news(all, change::new_failing);
  const std::vector unclear = with_news(all, change::unknown);
  const std::size_t silent = count(all, change::unknown) - unclear.size();
  const std::size_t ran = all.size() - count(all, change::skipped) - count(all, change::unknown) -
                          count(all, change::unchecked);
  std::vector<std::string> paragraphs{of.compiled.empty() ? "" : wrapped(of.compiled) + '\n'};
  if (ran > 0)
    paragraphs.front() += fmt::format(
        "It explored {} with every execution that the memory model allows\n"
        "({}), up to what was found.\n",
        plural(ran, "scenario"), of.memory_models);
  if (!failing.empty()) paragraphs.push_back(failures_text(failing, " and did not before"));
  if (!proposed.empty())
    paragraphs.push_back(failures_text(proposed, proposed.size() == 1
                                                     ? " that runs only with the patches"
                                                     : " that run only with the patches"));
  if (failing.empty() && proposed.empty() && ran > 0)
    paragraphs.emplace_back("Of these no scenario fails that did not fail before.\n");
  if (!unclear.empty())
    paragraphs.push_back(failures_text(unclear, "; what was before is unknown"));
  if (silent > 0)
    paragraphs.push_back(fmt::format("{} stayed unknown: nothing is said about {}.\n",
                                     plural(silent, "scenario"), silent == 1 ? "it" : "them"));
  if (const std::size_t n = count(all, change::unchecked); n > 0)
    paragraphs.push_back(fmt::format("{} could not be checked: nothing is said about {}.\n",
                                     plural(n, "scenario"), n == 1 ? "it" : "them"));
  for (const compared& c : all)
    if (c.change == change::found_no_more)
      paragraphs.push_back(fmt::format("Found no more in {}: {}; but {}.\n", c.after->scenario,
                                       fmt::join(c.gone, "; "), c.why));
  if (nothing_ran(of.after)) paragraphs.push_back(fmt::format("{}\n", nothing_ran_text));
  return fmt::format("{}", fmt::join(paragraphs, "\n"));
}

}  // namespace

exit_code exit_code_of(const verification& of) {
  if (!of.no_code.empty()) return exit_code::wrong_usage;
  const std::vector<compared> all = compare(of.before, of.after);
  const auto has = [&all](change kind) { return count(all, kind) > 0; };
  if (has(change::newly_failing) || has(change::new_failing)) return exit_code::failure_found;
  if (!of.nothing_to_check.empty()) return exit_code::passed;
  const bool is_unknown = !of.not_checked.empty() || has(change::unknown) ||
                          has(change::unchecked) || has(change::found_no_more) ||
                          nothing_ran(of.after);
  return is_unknown ? exit_code::stayed_unknown : exit_code::passed;
}

std::string verification_text(const verification& of, const style& with) {
  const std::vector<compared> all = compare(of.before, of.after);
  std::string text;
  for (const std::string& sentence : of.not_checked)
    text += with.of(verdict::unchecked, sentence) + '\n';
  for (const std::string& why : {of.nothing_to_check, of.no_code})
    if (!why.empty()) text += with.bold(why) + '\n';
  text += fmt::format("{}  {}\n", with.bold(fmt::format("{:<13}", "tree")), of.tree);
  for (const std::string& patch : of.patches)
    text += fmt::format("{}  {}\n", with.bold(fmt::format("{:<13}", "patch")), patch);
  for (const std::string& note : of.notes)
    text += fmt::format("{}  {}\n", with.warning(fmt::format("{:<13}", "note")), note);
  if (!of.nothing_to_check.empty() || !of.no_code.empty()) return text;
  text += '\n' + rows(all, with);
  text += state_rows(all, with);
  if (!of.lines.empty())
    text += fmt::format("{}  {}\n", with.bold(fmt::format("{:<13}", "changed lines")),
                        line_counts(of.lines));
  if (!of.not_compiled.empty())
    text += fmt::format("{}  {}\n", with.warning(fmt::format("{:<13}", "not compiled")),
                        fmt::join(of.not_compiled, ", "));
  if (nothing_ran(of.after)) text += with.warning(nothing_ran_text) + '\n';
  if (!of.unexercised.empty())
    text += fmt::format("{}  {}\n", with.warning(fmt::format("{:<13}", "not exercised")),
                        functions_text(of.unexercised));
  for (const compared& c : all)
    for (const finding& news : c.news) text += '\n' + counterexample(with_finding(c, news), with);
  if (const std::string states = witnesses_text(of.witnesses, with); !states.empty())
    text += '\n' + states;
  return text + '\n' + with.bold(fmt::format("{}; {:.1f} s", counts_line(all), of.seconds)) + '\n';
}

std::string reply_text(const verification& of) {
  const std::vector<compared> all = compare(of.before, of.after);
  std::string text;
  for (const std::string& sentence : of.not_checked) text += wrapped(sentence + '.') + '\n';
  if (!of.not_checked.empty()) text += '\n';
  if (!of.nothing_to_check.empty()) text += wrapped(of.nothing_to_check + '.') + "\n\n";
  if (!of.no_code.empty()) text += quoted(of.no_code) + '\n';
  text += "stockcheck looked at\n\n";
  for (const std::string& patch : of.patches) text += quoted(patch);
  text += fmt::format("\non top of {}.\n\n", of.tree);
  if (!of.nothing_to_check.empty() || !of.no_code.empty()) return text;
  text += verdict_text(all, of);
  for (const compared& c : all)
    if (c.change == change::newly_passing)
      text += fmt::format("\nMended: {} ({})\n", c.after->scenario, fmt::join(c.gone, "; "));
  if (const std::string states = states_paragraph(all, of); !states.empty()) text += '\n' + states;
  if (!of.lines.empty())
    text += fmt::format("\nOf the changed lines of code: {}.\n", line_counts(of.lines));
  for (const std::string& function : of.not_compiled)
    text += fmt::format("\n{} was not compiled.\n", function);
  if (!of.unexercised.empty())
    text += fmt::format("\nNo scenario runs {}: nothing is said about that.\n",
                        functions_text(of.unexercised));
  for (const std::string& note : of.notes) text += fmt::format("\nNote: {}.\n", note);
  text += fmt::format("\nIn all: {}.\n\nTo reproduce:\n\n  {}\n", counts_line(all), of.command);
  return text;
}

}  // namespace stockcheck::report
