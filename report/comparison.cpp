#include "report/comparison.hpp"

#include "report/verdict.hpp"

#include <algorithm>

namespace stockcheck::report {

namespace {

/// Everything that a result found. `is_known` says that the kernel lives with it.
struct found {
  const report::finding* finding;
  bool is_known;
};

std::vector<found> findings_of(const result& r) {
  std::vector<found> all;
  if (r.finding) all.push_back({&*r.finding, r.verdict == verdict::known});
  if (r.passed_over) all.push_back({&*r.passed_over, true});
  for (const race& one : r.races)
    if (!r.finding || one.finding.signature != r.finding->signature)
      all.push_back({&one.finding, one.known.has_value()});
  return all;
}

bool contains(const std::vector<found>& list, const found& one) {
  return std::ranges::any_of(
      list, [&](const found& f) { return f.finding->signature == one.finding->signature; });
}

/// A known property that must be there and is not, says a failure without a finding.
bool lost_known_property(const result& r) { return r.verdict == verdict::fail && !r.finding; }

/// A search that left something out says nothing about what a patch may have done there.
bool is_unknown(const result& r) {
  return r.verdict == verdict::unknown || (r.verdict == verdict::pass && r.proof.empty());
}

bool is_skipped(const result& r) { return r.verdict == verdict::skipped; }
bool is_unchecked(const result& r) { return r.verdict == verdict::unchecked; }

compared compare(const result& before, const result& after) {
  compared c{.before = &before, .after = &after};
  const std::vector<found> earlier = findings_of(before);
  const std::vector<found> later = findings_of(after);
  const bool is_new_to_it = !was_run(before.verdict) || is_unknown(before);
  for (const found& f : later)
    if (!contains(earlier, f) && !(is_new_to_it && f.is_known)) c.news.push_back(*f.finding);
  if (is_unchecked(after)) {
    c.change = change::unchecked;
    c.why = was_run(before.verdict) ? "it ran before the patch; now it " + after.guarantee
                                    : after.guarantee;
    return c;
  }
  if (is_unknown(before) || is_unchecked(before)) {
    c.why = "before the patch: " + before.guarantee;
    return c;
  }
  if (is_skipped(after) && !is_skipped(before)) {
    c.why = "it ran before the patch; now " + after.guarantee;
    return c;
  }
  if (c.news.empty() && is_unknown(after)) {
    c.why = after.guarantee;
    return c;
  }
  for (const found& f : earlier)
    if (!is_unknown(after) && !contains(later, f)) c.gone.push_back(f.finding->signature);

  if (!c.news.empty())
    c.change = change::newly_failing;
  else if (is_skipped(after))
    c.change = change::skipped;
  else if (!c.gone.empty() || (lost_known_property(before) && !lost_known_property(after)))
    c.change = change::newly_passing;
  else
    c.change = later.empty() ? change::unchanged : change::still_failing;
  return c;
}

}  // namespace

std::vector<compared> compare(std::span<const result> before, std::span<const result> after) {
  std::vector<compared> all;
  all.reserve(after.size());
  for (std::size_t i = 0; i < after.size(); ++i) all.push_back(compare(before[i], after[i]));
  return all;
}

}  // namespace stockcheck::report
