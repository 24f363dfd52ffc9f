// SPDX-License-Identifier: GPL-2.0-only
#include "harness/relacy/relacy_history.hpp"

#include "harness/short_function.hpp"

#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <string>

namespace stockcheck::harness {

namespace {

/// The text between `before` and `after`; empty if either is missing.
std::string_view between(std::string_view text, std::string_view before, std::string_view after) {
  const std::size_t begin = text.find(before);
  if (begin == std::string_view::npos) return {};
  text.remove_prefix(begin + before.size());
  const std::size_t end = after.empty() ? text.size() : text.find(after);
  return end == std::string_view::npos ? std::string_view{} : text.substr(0, end);
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

/// One line: "[12] 0: EVENT, in FUNCTION, FILE(LINE)".
struct history_line {
  unsigned task = 0;
  std::string_view event;
  report::source_line at;
};

std::optional<history_line> parse_line(std::string_view line) {
  const std::size_t close = line.find("] ");
  const std::size_t colon = line.find(": ");
  const std::size_t in = line.rfind(", in ");
  if (close == std::string_view::npos || colon == std::string_view::npos ||
      in == std::string_view::npos || line.front() != '[')
    return std::nullopt;
  history_line parsed;
  std::from_chars(line.data() + close + 2, line.data() + colon, parsed.task);
  parsed.event = line.substr(colon + 2, in - colon - 2);

  const std::string_view place = line.substr(in + 5);
  const std::size_t comma = place.rfind(", ");
  const std::size_t open = place.rfind('(');
  if (comma == std::string_view::npos || open == std::string_view::npos || open < comma)
    return std::nullopt;
  parsed.at.function = short_function(place.substr(0, comma));
  parsed.at.file = std::string(place.substr(comma + 2, open - comma - 2));
  std::from_chars(place.data() + open + 1, place.data() + place.size(), parsed.at.line);
  return parsed;
}

std::string order_suffix(std::string_view event) {
  const std::string_view order = between(event, "order=", "");
  return order == "relaxed" ? "" : fmt::format(" ({})", order);
}

/// What an event does, in the form "root.usage += 1: 2 -> 3".
std::string describe(std::string_view event) {
  const std::string_view object = between(event, "<", ">");
  if (contains(event, "atomic load"))
    return fmt::format("read {} = {}{}", object,
                       between(event, "value=", contains(event, " [NOT") ? " [" : ","),
                       order_suffix(event));
  if (contains(event, "atomic store"))
    return fmt::format("{} = {}{}", object, between(event, "value=", ","), order_suffix(event));
  if (contains(event, "CAS succ"))
    return fmt::format("cmpxchg {}: {} -> {}{}", object, between(event, "orig=", ","),
                       between(event, "xchg=", ","), order_suffix(event));
  if (contains(event, "CAS fail"))
    return fmt::format("cmpxchg {} fails: {}, not {}{}", object, between(event, "orig=", ","),
                       between(event, "cmp=", ","),
                       contains(event, "SPURIOUSLY") ? " (spuriously)" : "");
  if (contains(event, ", prev=")) {
    const std::string_view operation = between(event, "> ", " ,");
    const std::string_view argument = between(event, "arg=", ",");
    const std::string change =
        fmt::format("{} -> {}", between(event, "prev=", ","), between(event, "new=", ","));
    const std::string suffix = order_suffix(event);
    if (operation == "fetch_add")
      return fmt::format("{} += {}: {}{}", object, argument, change, suffix);
    if (operation == "fetch_sub")
      return fmt::format("{} -= {}: {}{}", object, argument, change, suffix);
    return fmt::format("{} {}: {}{}", operation == "exchange" ? "xchg" : operation, object, change,
                       suffix);
  }
  if (contains(event, "seq_cst fence")) return "full barrier";
  if (contains(event, "mutex: "))
    return fmt::format("{} {}", between(event, "mutex: ", ""), object);
  if (contains(event, "memory deallocation"))
    return fmt::format("free {}", between(event, "addr=", ""));
  if (contains(event, "memory allocation"))
    return fmt::format("allocate {} bytes at {}", between(event, "size=", ""),
                       between(event, "addr=", ","));
  return std::string(event);
}

/// Relacy's own bookkeeping and failure messages: not steps of the tasks.
bool is_bookkeeping(std::string_view event) {
  return event.starts_with('[') || event.starts_with("blocking current thread") ||
         event.starts_with("unblocking thread") || event == "ITERATION END";
}

/// A failure is announced in capitals: "DATA RACE (data race detected)".
bool is_failure(std::string_view event) {
  return event.size() > 1 && event[0] >= 'A' && event[0] <= 'Z' && event[1] >= 'A' &&
         event[1] <= 'Z' && !event.starts_with("CAS");
}

bool same_place(const report::step& a, const report::step& b) {
  return a.task == b.task && a.at == b.at;
}

/// Unmarked accesses have a race detector beside their value, which reads and writes a 0 of its
/// own.
bool is_race_detector(std::string_view event) {
  return contains(event, "> load, value=") || contains(event, "> store, value=");
}

/// A fully ordered RMW is three events of one line; shows them as one step.
void append(std::vector<report::step>& steps, report::step next) {
  constexpr std::string_view barrier = "full barrier";
  if (!steps.empty() && same_place(steps.back(), next)) {
    if (steps.back().what == barrier && next.what != barrier) {
      next.what += " (fully ordered)";
      steps.back() = std::move(next);
      return;
    }
    if (next.what == barrier) return;
  }
  steps.push_back(std::move(next));
}

}  // namespace

relacy_trace parse_relacy_history(std::string_view history) {
  relacy_trace trace;
  bool tasks_running = false;
  history.remove_prefix(std::min(history.find("execution history"), history.size()));
  history.remove_prefix(std::min(history.find('\n') + 1, history.size()));
  while (!history.empty()) {
    const std::size_t end = std::min(history.find('\n'), history.size());
    const std::string_view text = history.substr(0, end);
    history.remove_prefix(std::min(end + 1, history.size()));
    if (text.empty()) break;  // what follows repeats the history, thread by thread

    const std::optional<history_line> line = parse_line(text);
    if (!line) continue;
    if (line->event == "[BEFORE END]") tasks_running = true;
    if (line->event == "[AFTER BEGIN]") tasks_running = false;
    if (is_failure(line->event)) {
      trace.failed_at = line->at;
    } else if (tasks_running && !is_bookkeeping(line->event)) {
      report::step step{line->task, describe(line->event), contains(line->event, "[NOT CURRENT]"),
                        line->at};
      // A race ends the execution at the detector itself: then it is the access to show.
      if (is_race_detector(line->event)) {
        if (!contains(history.substr(0, history.find('\n')), "DATA RACE")) continue;
        step.what =
            fmt::format("{} {} (unmarked)", contains(line->event, "> load") ? "read" : "write",
                        between(line->event, "<", ">"));
      }
      append(trace.steps, std::move(step));
    }
  }
  return trace;
}

}  // namespace stockcheck::harness
