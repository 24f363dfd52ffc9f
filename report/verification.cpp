#include "report/verification.hpp"

#include "report/counterexample.hpp"

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

/// What the row says beside the scenario's name.
std::string remark(const compared& c) {
  switch (c.change) {
    case change::newly_failing: return summary_of(c.news.front());
    case change::newly_passing: return fmt::format("no longer found: {}", fmt::join(c.gone, "; "));
    case change::still_failing:
      if (c.after->verdict == verdict::known && c.after->known)
        return fmt::format("known: {}", c.after->known->because);
      return c.after->finding ? summary_of(*c.after->finding) : c.after->guarantee;
    case change::unknown: return c.after->guarantee;
    default: return c.after->guarantee;
  }
}

std::string coloured(change c, const std::string& text, const style& with) {
  switch (c) {
    case change::newly_failing: return with.of(verdict::fail, text);
    case change::newly_passing: return with.of(verdict::pass, text);
    case change::still_failing: return with.of(verdict::known, text);
    case change::unknown: return with.of(verdict::unknown, text);
    default: return with.dim(text);
  }
}

/// A line for each scenario of interest, and one for all that did not change.
std::string rows(const std::vector<compared>& all, const style& with) {
  std::size_t width = 0;
  for (const compared& c : all) width = std::max(width, c.after->scenario.size());
  std::string text;
  for (const change kind :
       {change::newly_failing, change::newly_passing, change::unknown, change::still_failing})
    for (const compared& c : all)
      if (c.change == kind)
        text += fmt::format("{}  {:<{}}  {}\n",
                            coloured(kind, fmt::format("{:<13}", name_of(kind)), with),
                            c.after->scenario, width, remark(c));
  if (const std::size_t same = count(all, change::unchanged); same > 0)
    text += fmt::format("{}  {}: nothing found, before or after\n",
                        with.dim(fmt::format("{:<13}", name_of(change::unchanged))),
                        plural(same, "scenario"));
  std::vector<std::string> reasons;
  for (const compared& c : all)
    if (c.change == change::skipped &&
        std::ranges::find(reasons, c.after->guarantee) == reasons.end())
      reasons.push_back(c.after->guarantee);
  for (const std::string& reason : reasons) {
    const auto n = static_cast<std::size_t>(std::ranges::count_if(all, [&](const compared& c) {
      return c.change == change::skipped && c.after->guarantee == reason;
    }));
    text += fmt::format("{}  {}: {}\n", with.dim(fmt::format("{:<13}", name_of(change::skipped))),
                        plural(n, "scenario"), reason);
  }
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

/// The new failure with the shortest counterexample.
const compared* shortest(const std::vector<compared>& all) {
  const compared* best = nullptr;
  for (const compared& c : all)
    if (c.change == change::newly_failing &&
        (best == nullptr || c.news.front().steps.size() < best->news.front().steps.size()))
      best = &c;
  return best;
}

}  // namespace

exit_code exit_code_of(const verification& of) {
  const std::vector<compared> all = compare(of.before, of.after);
  if (count(all, change::newly_failing) > 0) return exit_code::failure_found;
  return count(all, change::unknown) > 0 ? exit_code::stayed_unknown : exit_code::passed;
}

std::string verification_text(const verification& of, const style& with) {
  const std::vector<compared> all = compare(of.before, of.after);
  std::string text = fmt::format("{}  {}\n", with.bold(fmt::format("{:<13}", "tree")), of.tree);
  for (const std::string& patch : of.patches)
    text += fmt::format("{}  {}\n", with.bold(fmt::format("{:<13}", "patch")), patch);
  for (const std::string& note : of.notes)
    text += fmt::format("{}  {}\n", with.warning(fmt::format("{:<13}", "note")), note);
  text += '\n' + rows(all, with);
  if (!of.unexercised.empty())
    text += fmt::format("{}  {}\n", with.warning(fmt::format("{:<13}", "not exercised")),
                        functions_text(of.unexercised));
  for (const compared& c : all)
    for (const finding& news : c.news) text += '\n' + counterexample(with_finding(c, news), with);
  return text + '\n' + with.bold(fmt::format("{}; {:.1f} s", counts_line(all), of.seconds)) + '\n';
}

std::string reply_text(const verification& of) {
  const std::vector<compared> all = compare(of.before, of.after);
  std::string text = fmt::format("stockcheck looked at\n\n");
  for (const std::string& patch : of.patches) text += fmt::format("  {}\n", patch);
  text += fmt::format("\non top of {}.\n\n", of.tree);
  text += fmt::format(
      "It compiled {} before and after, and explored {} with\n"
      "every execution that the memory model allows ({}).\n\n",
      of.code, plural(all.size() - count(all, change::skipped), "scenario"), of.memory_models);
  if (const compared* const worst = shortest(all); worst != nullptr) {
    const std::size_t failing = count(all, change::newly_failing);
    text += fmt::format("{} now {} and did not before. The shortest counterexample:\n\n",
                        plural(failing, "scenario"), failing == 1 ? "fails" : "fail");
    text += counterexample(with_finding(*worst, worst->news.front()), style{false});
    text += "\nAll of them:\n\n";
    for (const compared& c : all)
      if (c.change == change::newly_failing)
        text += fmt::format("  {}\n      {}\n", c.after->scenario, summary_of(c.news.front()));
  } else {
    text += "No scenario fails that did not fail before.\n";
  }
  for (const compared& c : all)
    if (c.change == change::newly_passing)
      text += fmt::format("\nMended: {} ({})\n", c.after->scenario, fmt::join(c.gone, "; "));
  if (!of.unexercised.empty())
    text += fmt::format("\nNo scenario runs {}: nothing is said about that.\n",
                        functions_text(of.unexercised));
  for (const std::string& note : of.notes) text += fmt::format("\nNote: {}.\n", note);
  text += fmt::format("\nIn all: {}.\n\nTo reproduce:\n\n  {}\n", counts_line(all), of.command);
  return text;
}

}  // namespace stockcheck::report
