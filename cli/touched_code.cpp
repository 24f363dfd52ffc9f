// SPDX-License-Identifier: GPL-2.0-only
#include "cli/touched_code.hpp"

#include "cli/interrupt.hpp"
#include "kernel_source/compile/conditional_lines.hpp"
#include "kernel_source/patch/changed_lines.hpp"
#include "kernel_source/run/left_out.hpp"
#include "kernel_source/run/line_table.hpp"
#include "kernel_source/slicer/c_file.hpp"
#include "kernel_source/slicer/c_lexer.hpp"
#include "kernel_source/slicer/code_change.hpp"
#include "kernel_source/slicer/statement_lines.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace stockcheck::cli {

namespace {

using kernel_source::c_file;
using kernel_source::definition;
using kernel_source::file_lines;

bool has_line(const file_lines& lines, const std::string& file, unsigned line) {
  const auto found = lines.find(file);
  return found != lines.end() && found->second.contains(line);
}

std::string text_of(const kernel_source::tree_files& files, const std::string& path) {
  const auto found = files.find(path);
  return found == files.end() ? "" : found->second;
}

std::vector<std::string> changed_files(const kernel_builds& of) {
  std::set<std::string> names;
  for (const auto* side : {&of.before.files, &of.after.files})
    for (const auto& [path, text] : *side)
      if (!kernel_source::is_same_code(path, text_of(of.before.files, path),
                                       text_of(of.after.files, path)))
        names.insert(path);
  return {names.begin(), names.end()};
}

/// The lines of code that one version of changed files has and the other has not.
file_lines lines_of_one(const kernel_builds& of, const std::vector<std::string>& paths,
                        kernel_source::line_range kernel_source::hunk::* side,
                        const kernel_source::tree_files& files) {
  file_lines changed;
  for (const std::string& path : paths) {
    const std::string text = text_of(files, path);
    const std::set<unsigned> code = kernel_source::code_lines(path, text);
    for (const kernel_source::hunk& hunk : kernel_source::changed_lines(
             text_of(of.before.files, path), text_of(of.after.files, path)))
      for (unsigned i = 0; i < (hunk.*side).count; ++i)
        if (const unsigned line = (hunk.*side).first + i; code.contains(line))
          changed[path].insert(line);
  }
  return changed;
}

/// For every line of a file's statements, the line with instructions that tells whether it ran; 0
/// where none does.
std::map<unsigned, unsigned> told_by(const std::string& path, const std::string& text,
                                     const std::set<unsigned>& with_instructions) {
  std::map<unsigned, unsigned> told;
  unsigned previous = 0;
  for (const kernel_source::statement_lines& statement : kernel_source::statements_of(path, text)) {
    unsigned latest = 0;
    for (const unsigned line : statement.lines)
      if (latest == 0 && with_instructions.contains(line)) latest = line;
    if (latest == 0 && statement.is_passive) latest = previous;
    for (const unsigned line : statement.lines) {
      if (with_instructions.contains(line)) latest = line;
      told[line] = latest;
    }
    if (latest != 0) previous = latest;
  }
  return told;
}

/// The functions that use a definition, however indirectly, and itself.
std::vector<std::string> users_of(const definition& what, const std::vector<c_file>& files) {
  std::set<std::string> names(what.names.begin(), what.names.end());
  for (bool grows = true; grows;) {
    grows = false;
    for (const c_file& file : files)
      for (const definition& d : file.definitions()) {
        const bool uses = std::ranges::any_of(
            d.uses, [&](const kernel_source::name_use& use) { return names.contains(use.name); });
        if (!uses) continue;
        // What calls a function that uses it does not use it.
        for (const std::string& name : d.names)
          if (d.kind != kernel_source::definition_kind::function)
            grows |= names.insert(name).second;
      }
  }
  std::vector<std::string> users(names.begin(), names.end());
  for (const c_file& file : files)
    for (const definition& d : file.definitions())
      if (d.kind == kernel_source::definition_kind::function &&
          std::ranges::any_of(
              d.uses, [&](const kernel_source::name_use& use) { return names.contains(use.name); }))
        users.insert(users.end(), d.names.begin(), d.names.end());
  return users;
}

/// The identifiers of the changed lines.
void add_names(const kernel_source::tree_files& files, const file_lines& lines,
               std::set<std::string>& names) {
  for (const auto& [path, numbers] : lines) {
    const std::string text = text_of(files, path);
    for (const kernel_source::c_token& token : kernel_source::tokens_of(path, text))
      if (token.kind == kernel_source::token_kind::identifier && numbers.contains(token.line))
        names.insert(text.substr(token.begin, token.end - token.begin));
  }
}

/// A process that crashed cannot tell what it ran.
bool crashed(const report::result& r) { return r.verdict == verdict::fail && r.functions.empty(); }

/// Something crashes that did not before: the patches ran, whatever their lines tell. A crash that
/// was there before says nothing about them.
bool crashes_anew(const report::verification& v) {
  for (std::size_t i = 0; i < v.after.size(); ++i)
    if (crashed(v.after[i]) && !crashed(v.before[i])) return true;
  return false;
}

bool reached_verdict(const report::result& r) {
  return r.verdict != verdict::unknown && was_run(r.verdict);
}

/// A changed function of one version, and which of its changed lines are compiled.
struct changed_function {
  std::string name;
  std::string file;
  std::string condition{};  ///< around a changed line of it, if that is why it is not compiled
  bool has_compiled = false;
};

std::vector<changed_function> functions_of(const std::vector<report::touched_line>& lines,
                                           const kernel_source::tree_files& files, bool removed) {
  std::map<std::pair<std::string, std::string>, changed_function> found;
  std::map<std::string, c_file> parsed;
  std::map<std::string, std::optional<std::set<unsigned>>> left;
  for (const report::touched_line& line : lines) {
    if (line.is_removed != removed) continue;
    const std::string text = text_of(files, line.file);
    const c_file& file =
        parsed.try_emplace(line.file, c_file::parse(line.file, text)).first->second;
    const definition* const at = file.at_line(line.line);
    if (at == nullptr || at->kind != kernel_source::definition_kind::function || at->names.empty())
      continue;
    changed_function& f = found[{line.file, at->names.front()}];
    f.name = at->names.front();
    f.file = line.file;
    if (line.state != report::line_state::not_compiled) {
      f.has_compiled = true;
      continue;
    }
    if (!f.condition.empty()) continue;
    std::string condition = kernel_source::condition_around(line.file, text, line.line);
    if (condition.empty()) continue;
    if (!left.contains(line.file))
      left[line.file] = kernel_source::lines_left_by_conditionals(text, &interrupted());
    // It may be that no scenario needs the function.
    const auto& left_of_file = left.at(line.file);
    if (left_of_file && !left_of_file->contains(line.line)) f.condition = std::move(condition);
  }
  std::vector<changed_function> all;
  for (auto& [unused, f] : found) all.push_back(std::move(f));
  return all;
}

/// Why a file is not checked at all; empty if it is.
std::string lacking(const built_kernel& of, const std::string& file) {
  const bool is_counters = file.find("page_counter") != std::string::npos;
  return of.lacks_counters || !is_counters ? of.lacks : "";
}

}  // namespace

touched_version::touched_version(const built_kernel& of, file_lines changed)
    : changed_(std::move(changed)) {
  if (changed_.empty()) return;
  const file_lines left = kernel_source::lines_left({.files = of.files, .stop = &interrupted()});
  const file_lines instructions = kernel_source::line_table(of.object, 0).lines();
  std::vector<c_file> files;
  for (const auto& [path, text] : of.files) files.push_back(c_file::parse(path, text));
  for (const auto& [path, numbers] : changed_) {
    const bool is_built = lacking(of, path).empty();
    const c_file& file = *std::ranges::find(files, path, &c_file::name);
    const auto with = instructions.find(path);
    const auto told = told_by(path, file.text(),
                              with == instructions.end() ? std::set<unsigned>{} : with->second);
    for (const unsigned number : numbers) {
      line one{.file = path, .number = number};
      const definition* const at = file.at_line(number);
      const bool is_macro = at != nullptr && at->kind == kernel_source::definition_kind::macro;
      one.is_left = is_built && has_line(left, path, is_macro ? at->line : number);
      if (at == nullptr || at->kind == kernel_source::definition_kind::function) {
        if (const auto by = told.find(number); by != told.end()) one.told_by = by->second;
      } else {
        one.users = users_of(*at, files);
      }
      lines_.push_back(std::move(one));
    }
  }
}

file_lines touched_version::asked() const {
  file_lines lines;
  for (const line& one : lines_)
    if (one.told_by != 0) lines[one.file].insert(one.told_by);
  return lines;
}

std::vector<report::touched_line> touched_version::states(const std::vector<report::result>& runs,
                                                          bool is_removed) const {
  file_lines ran;
  std::set<std::string> functions;
  for (const report::result& r : runs) {
    if (!reached_verdict(r)) continue;
    for (const auto& [file, numbers] : r.lines) ran[file].insert(numbers.begin(), numbers.end());
    functions.insert(r.functions.begin(), r.functions.end());
  }
  std::vector<report::touched_line> states;
  for (const line& one : lines_) {
    const bool has_run =
        has_line(ran, one.file, one.told_by) ||
        std::ranges::any_of(one.users, [&](const auto& name) { return functions.contains(name); });
    states.push_back({.file = one.file,
                      .line = one.number,
                      .is_removed = is_removed,
                      .state = !one.is_left ? report::line_state::not_compiled
                               : has_run    ? report::line_state::ran
                                            : report::line_state::never_ran});
  }
  return states;
}

touched_code::touched_code(const kernel_builds& of)
    : builds_(of),
      changed_files_(changed_files(of)),
      before_(of.before,
              lines_of_one(of, changed_files_, &kernel_source::hunk::before, of.before.files)),
      after_(of.after,
             lines_of_one(of, changed_files_, &kernel_source::hunk::after, of.after.files)) {}

void touched_code::judge(report::verification& into) const {
  std::set<std::string> names;
  add_names(builds_.before.files, before_.changed(), names);
  add_names(builds_.after.files, after_.changed(), names);
  std::ranges::move(kernel_source::left_out(names), std::back_inserter(into.notes));
  into.lines = before_.states(into.before, true);
  std::ranges::copy(after_.states(into.after, false), std::back_inserter(into.lines));
  const bool some_ran =
      crashes_anew(into) || std::ranges::find(into.lines, report::line_state::ran,
                                              &report::touched_line::state) != into.lines.end();
  for (const std::string& file : changed_files_)
    if (const std::string why = lacking(builds_.after, file); !why.empty())
      into.not_checked.push_back(fmt::format("{} was not checked: {}", file, why));
  const bool has_unchecked = std::ranges::any_of(
      into.after, [](const report::result& r) { return r.verdict == verdict::unchecked; });
  if (into.not_checked.empty() && has_unchecked && !builds_.after.lacks.empty())
    into.not_checked.push_back(
        fmt::format("mm/memcontrol.c was not checked: {}", builds_.after.lacks));
  std::set<std::string> seen;
  for (const bool removed : {false, true})
    for (const changed_function& f :
         functions_of(into.lines, removed ? builds_.before.files : builds_.after.files, removed)) {
      if (f.condition.empty() || !seen.insert(f.name).second) continue;
      into.not_compiled.push_back(fmt::format("{}() under {}", f.name, f.condition));
      if (!f.has_compiled)
        into.not_checked.push_back(fmt::format(
            "{}() of {} was not checked: what changes of it is compiled under {} alone, which is "
            "off here",
            f.name, f.file, f.condition));
    }
  if (some_ran || !into.not_checked.empty()) return;
  for (const std::string& file : changed_files_)
    into.not_checked.push_back(
        fmt::format("{} was not checked: no scenario that reached its verdict ran a line that the "
                    "patches change",
                    file));
}

}  // namespace stockcheck::cli
