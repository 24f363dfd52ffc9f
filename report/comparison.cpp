// SPDX-License-Identifier: GPL-2.0-only
#include "report/comparison.hpp"

#include "report/exit_code.hpp"
#include "report/identity.hpp"
#include "report/twins.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <string>

namespace stockcheck::report {

namespace {

using signatures = std::set<std::string, std::less<>>;

/// Something that a result found, and what it is known for; null if for nothing.
struct found {
  const report::finding* finding;
  const known_reference* known;
  bool is_race = false;

  /// The kernel is known for it as a release, and not because of what the scenario says about the
  /// algorithm.
  [[nodiscard]] bool is_of_release() const { return known != nullptr && !known->declared; }
};

bool is_race(const result& r, const finding& one) {
  return std::ranges::any_of(
      r.races, [&](const race& other) { return other.finding.signature == one.signature; });
}

/// A race that is the finding as well stands in the list of races alone: there it says what it is
/// known for.
std::vector<found> findings_of(const result& r) {
  std::vector<found> all;
  const auto add = [&](const finding& one, const known_reference* known) {
    if (!is_race(r, one) && std::ranges::none_of(all, [&](const found& f) {
          return identity_of(*f.finding) == identity_of(one);
        }))
      all.push_back({&one, known});
  };
  const known_reference* const known = r.known ? &*r.known : nullptr;
  if (r.finding) add(*r.finding, r.verdict == verdict::known ? known : nullptr);
  for (const known_finding& one : r.known_findings) add(one.finding, &one.known);
  if (r.passed_over) add(*r.passed_over, known);
  for (const race& one : r.races)
    all.push_back({&one.finding, one.known ? &*one.known : nullptr, true});
  return all;
}

/// What is known was seen with all its ends, which are compared, too. Anything else was seen with
/// its first end alone, which says nothing about others.
bool are_same(const found& a, const found& b) {
  if (a.known != nullptr || b.known != nullptr)
    return identity_of(*a.finding) == identity_of(*b.finding);
  return a.finding->signature == b.finding->signature;
}

bool contains(const std::vector<found>& list, const found& one) {
  return std::ranges::any_of(list, [&](const found& f) { return are_same(f, one); });
}

/// A known property that must be there and is not, says a failure without a finding.
bool lost_known_property(const result& r) { return r.verdict == verdict::fail && !r.finding; }

/// A search that left something out says nothing about what a patch may have done there.
bool is_unknown(const result& r) {
  const bool has_ended =
      r.verdict == verdict::pass || (r.verdict == verdict::known && !r.known_findings.empty());
  return r.verdict == verdict::unknown || (has_ended && r.proof.empty());
}

bool is_skipped(const result& r) { return r.verdict == verdict::skipped; }
bool is_unchecked(const result& r) { return r.verdict == verdict::unchecked; }

/// Lists the final states of `a` that `b` does not have.
std::vector<std::string> states_alone(const result& a, const result& b) {
  std::vector<std::string> alone;
  for (const outcome& o : a.outcomes)
    if (std::ranges::find(b.outcomes, o.state, &outcome::state) == b.outcomes.end())
      alone.push_back(o.state);
  return alone;
}

/// Empty unless both searches saw everything that one memory model allows.
changed_states states_of(const result& before, const result& after) {
  if (before.proof.empty() || before.proof != after.proof) return {};
  return {.added = states_alone(after, before), .gone = states_alone(before, after)};
}

/// The functions of a finding that ran before, and do not any more.
void add_silent(const finding& of, const result& before, const result& after,
                std::set<std::string>& silent) {
  const auto ran = [](const result& r, const std::string& function) {
    return std::ranges::find(r.functions, function) != r.functions.end();
  };
  if (after.functions.empty()) return;
  for (const std::string& function : of.functions)
    if (ran(before, function) && !ran(after, function)) silent.insert(function);
}

/// Whether executions end otherwise than those did that were wrong: where these were told apart,
/// as they are not for races, they may be the only ones that changed.
bool ends_otherwise(const std::vector<found>& gone, const compared& c) {
  if (c.before->known_executions == 0 || std::ranges::any_of(gone, &found::is_race))
    return !c.states.empty();
  return std::ranges::any_of(c.before->outcomes, [&](const outcome& o) {
    return o.known < o.count && std::ranges::find(c.states.gone, o.state) != c.states.gone.end();
  });
}

/// What may be the reason that something is found no more, and is no remedy; empty if there is
/// nothing of the kind.
std::string what_may_hide(const std::vector<found>& gone, const compared& c) {
  std::set<std::string> silent;
  for (const found& f : gone) add_silent(*f.finding, *c.before, *c.after, silent);
  if (!silent.empty())
    return fmt::format("{}() {} not run any more", fmt::join(silent, "(), "),
                       silent.size() == 1 ? "does" : "do");
  if (ends_otherwise(gone, c))
    return fmt::format("final states changed: {} new, {} gone", c.states.added.size(),
                       c.states.gone.size());
  return "";
}

/// What ran on one side alone, or was not searched to its end on one: set if that is all that can
/// be said.
bool is_settled_by_what_ran(compared& c) {
  const result& before = *c.before;
  const result& after = *c.after;
  if (is_unchecked(after)) {
    c.change = change::unchecked;
    c.why = was_run(before.verdict) ? "it ran before the patch; now it " + after.guarantee
                                    : after.guarantee;
  } else if (is_unknown(before) || is_unchecked(before)) {
    c.why = "before the patch: " + before.guarantee;
  } else if (is_skipped(after) && !is_skipped(before)) {
    c.why = "it ran before the patch; now " + after.guarantee;
  } else if (is_skipped(after)) {
    c.change = change::skipped;
  } else if (c.news.empty() && is_unknown(after)) {
    c.why = after.guarantee;
  } else if (is_skipped(before)) {
    c.change = c.news.empty() ? change::new_alone : change::new_failing;
  } else {
    return false;
  }
  return true;
}

/// `had` is what the release is known for, and was found before the patch in any scenario.
compared compare(const result& before, const result& after, const signatures& had) {
  compared c{.before = &before, .after = &after};
  const std::vector<found> earlier = findings_of(before);
  const std::vector<found> later = findings_of(after);
  const bool only_after = is_skipped(before);
  const bool maybe_before = is_unknown(before) || is_unchecked(before);
  for (const found& f : later) {
    const bool was_there =
        only_after ? (f.is_race && f.is_of_release()) || had.contains(f.finding->signature)
                   : contains(earlier, f) || (maybe_before && f.known != nullptr);
    if (!was_there) c.news.push_back(*f.finding);
  }
  if (is_settled_by_what_ran(c)) return c;

  const bool same_scenario = before.scenario == after.scenario;
  if (same_scenario) c.states = states_of(before, after);
  std::vector<found> gone;
  for (const found& f : earlier)
    if (!is_unknown(after) && !contains(later, f)) gone.push_back(f);
  for (const found& f : gone) c.gone.push_back(f.finding->signature);

  if (!c.news.empty()) {
    c.change = change::newly_failing;
  } else if (!gone.empty() || (lost_known_property(before) && !lost_known_property(after))) {
    if (same_scenario) c.why = what_may_hide(gone, c);
    c.change = c.why.empty() ? change::newly_passing : change::found_no_more;
  } else {
    c.change = later.empty() ? change::unchanged : change::still_failing;
  }
  return c;
}

/// Ran on that side alone.
bool ran_alone(const result& here, const result& there) {
  return was_run(here.verdict) && is_skipped(there);
}

}  // namespace

std::vector<compared> compare(std::span<const result> before, std::span<const result> after) {
  signatures had;
  for (const result& r : before)
    for (const found& f : findings_of(r))
      if (f.is_of_release()) had.insert(f.finding->signature);
  // The twin of a scenario that runs on one side alone, if that runs on the other side alone.
  const auto twin_of = [&](std::size_t of, std::span<const result> here,
                           std::span<const result> there) {
    std::size_t i = 0;
    if (!ran_alone(here[of], there[of])) return here.size();
    while (i < here.size() &&
           !(are_twins(here[of].scenario, here[i].scenario) && ran_alone(there[i], here[i])))
      ++i;
    return i;
  };

  std::vector<compared> all;
  all.reserve(after.size());
  for (std::size_t i = 0; i < after.size(); ++i) {
    const std::size_t earlier = twin_of(i, after, before);
    const std::size_t later = twin_of(i, before, after);
    all.push_back(compare(before[earlier < before.size() ? earlier : i], after[i], had));
    if (later == after.size()) continue;
    all.back().change = change::skipped;
    const std::string& twin = after[later].scenario;
    all.back().why = fmt::format("{}; what was before is compared with {}", after[i].guarantee,
                                 twin.substr(0, twin.find('/')));
  }
  return all;
}

}  // namespace stockcheck::report
