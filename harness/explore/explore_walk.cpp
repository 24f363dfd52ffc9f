// SPDX-License-Identifier: GPL-2.0-only
#include "harness/explore/explore_walk.hpp"

#include "report/identity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace stockcheck::harness {

namespace {

std::string percent_text(double part) {
  if (part < 0.0001) return "less than 0.01 %";
  return part < 0.1 ? fmt::format("about {:.2f} %", 100 * part)
                    : fmt::format("about {:.0f} %", 100 * part);
}

/// "at most 1 preemption".
std::string bound_text(const explore::search_words& words, unsigned bound) {
  return fmt::format("at most {} {}", bound, bound == 1 ? words.bounded : words.bounded_many);
}

}  // namespace

void explore_walk::run() {
  // What is left for the bounds is enough for a few of them, which are short.
  constexpr double share_of_exhaustive = 0.75;
  if (!how_.search) {
    if (exhaustive(share_of_exhaustive) == end::cut) deepen();
  } else if (*how_.search == explore::search::exhaustive) {
    exhaustive(1);
  } else if (words_of(*how_.search).is_random) {
    random(*how_.search);
  } else {
    bounded(*how_.search, how_.bound);
  }
}

std::string explore_walk::guarantee() const {
  const std::string_view model = words_of(model_).title;
  if (is_proof_) return fmt::format("every execution under {}: {}", model, counts());
  if (searched_.empty())
    return fmt::format("nothing found under {}, but not everything searched: {}", model, left_);
  return fmt::format("nothing found under {}, {}: {}; {}", model, searched_, counts(), left_);
}

std::string explore_walk::counts() const {
  const explore::exploration& done = last_.exploration;
  std::string text = fmt::format("{} complete, {} blocked", done.complete, done.blocked);
  if (done.truncated > 0)
    text += fmt::format(", {} cut because a task did not end", done.truncated);
  if (const std::uint64_t known = last_.known_executions(); known > 0)
    text += fmt::format(", {} of them with a known property", known);
  return text;
}

void explore_walk::add_known() {
  known_executions_ += last_.known_executions();
  for (const report::known_finding& seen : last_.known) report::keep_one_of_each(known_, seen);
}

explore_walk::end explore_walk::exhaustive(double share_of_time) {
  const processor_deadline deadline(deadline_.left() * share_of_time);
  const explore::settings settings = settings_for(explore::search::exhaustive);
  const end how_it_ended = explore_as(settings, deadline, "--search full");
  if (how_it_ended == end::exhausted) {
    is_proof_ = last_.exploration.is_proof(settings);
    searched_ = fmt::format("all executions of at most {} events a task", settings.max_events);
    left_ = "longer ones are not searched";
  } else if (how_it_ended == end::cut) {
    left_ = fmt::format("an exhaustive search came {} far in {} executions",
                        percent_text(last_.exploration.explored), last_.executions());
  }
  return how_it_ended;
}

/// All bounds from 0 up that fit into the rest of the time, and into a third of the events more.
void explore_walk::deepen() {
  const std::uint64_t before = events_;
  const std::uint64_t more = how_.events / 3;
  const std::string left = left_;
  explore_report deepest = std::move(last_);
  for (unsigned bound = 0; how_.events == 0 || events_ - before < more; ++bound) {
    if (how_.events != 0) events_left_ = more - (events_ - before);
    const end how_it_ended = bounded(explore::search::preemptions, bound);
    left_ = left;
    if (how_it_ended == end::found) return;
    if (how_it_ended == end::cut) break;
    deepest = std::move(last_);
  }
  last_ = std::move(deepest);
}

explore_walk::end explore_walk::bounded(explore::search strategy, unsigned bound) {
  const explore::search_words& words = words_of(strategy);
  explore::settings settings = settings_for(strategy);
  settings.bound = bound;
  const end how_it_ended =
      explore_as(settings, deadline_, fmt::format("--search {} --bound {}", words.option, bound));
  if (how_it_ended == end::exhausted) {
    searched_ = bound_text(words, bound);
    left_ = "what needs more is not searched";
  } else if (how_it_ended == end::cut) {
    left_ = fmt::format("{} executions", last_.executions());
  }
  return how_it_ended;
}

/// Drawing at random until the budget is spent is what was asked for, unless a number of executions
/// was.
void explore_walk::random(explore::search strategy) {
  const explore::search_words& words = words_of(strategy);
  const std::string option =
      fmt::format("--search {}{} --seed {}", words.option,
                  words.has_bound ? fmt::format(" --bound {}", how_.bound) : "", how_.seed);
  if (explore_as(settings_for(strategy), deadline_, option) == end::found) return;
  left_ = "what was not drawn is not searched";
  if (how_.executions == 0 || last_.executions() >= how_.executions)
    searched_ = "drawn with " + option;
}

explore::settings explore_walk::settings_for(explore::search strategy) const {
  return {.model = model_,
          .search = strategy,
          .bound = how_.bound,
          .seed = how_.seed,
          .executions = how_.executions,
          .events = events_left_,
          .behind_misuse = expected_.have_misuse()};
}

explore_walk::end explore_walk::explore_as(const explore::settings& settings,
                                           const processor_deadline& deadline, std::string replay) {
  last_ = run_explore({.program = &program_,
                       .how = settings,
                       .deadline = deadline,
                       .without = how_.without,
                       .expected = &expected_,
                       .ends_at_races = ends_at_races_,
                       .sought = how_.sought},
                      sink_);
  add_known();
  events_ += last_.exploration.events_run();
  executions_ += last_.executions();
  complete_ += last_.exploration.complete;
  blocked_ += last_.exploration.blocked;
  switch (last_.exploration.ended) {
    case explore::exploration::end::found: replay_options_ = std::move(replay); return end::found;
    case explore::exploration::end::exhausted: return end::exhausted;
    case explore::exploration::end::stopped: break;
  }
  return end::cut;
}

}  // namespace stockcheck::harness
