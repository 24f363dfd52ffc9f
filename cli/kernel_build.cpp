// SPDX-License-Identifier: GPL-2.0-only
#include "cli/kernel_build.hpp"

#include "cli/interrupt.hpp"
#include "cli/progress_line.hpp"
#include "cli/shell_word.hpp"
#include "cli/usage_error.hpp"
#include "kernel_source/compile/object_builder.hpp"
#include "kernel_source/machine_error.hpp"
#include "kernel_source/patch/changed_lines.hpp"
#include "kernel_source/patch/patch_series.hpp"
#include "kernel_source/slicer/c_file.hpp"
#include "kernel_source/slicer/code_change.hpp"
#include "kernel_source/source_error.hpp"
#include "kernel_source/tree/scratch_tree.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <functional>
#include <set>
#include <stdexcept>

namespace stockcheck::cli {

namespace {

constexpr const char* was_interrupted = "interrupted before anything was checked";

/// The checked files of a scratch copy, as far as it has them.
kernel_source::tree_files files_of(const kernel_source::scratch_tree& scratch) {
  kernel_source::tree_files files;
  for (const std::string& path : kernel_source::checked_files())
    if (scratch.has(path)) files[path] = scratch.read(path);
  return files;
}

/// `may_be_no_code`: what mm/memcontrol.c is before any patch is not a patch's fault.
built_kernel build(const kernel_source::tree_files& files, kernel_source::flavour flavour,
                   bool may_be_no_code) {
  built_kernel built{.files = files};
  auto object = kernel_source::build_object(
      {.files = built.files, .flavour = flavour, .stop = &interrupted()});
  for (const std::string& note : object.notes) fmt::print(stderr, "note: {}\n", note);
  built.object = std::move(object.path);
  built.lacks = std::move(object.lacks);
  built.is_refused = object.is_refused;
  built.lacks_counters = object.lacks_counters;
  if (object.cause == kernel_source::lack::code && !built.is_refused && !may_be_no_code)
    throw usage_error("with the patches mm/memcontrol.c cannot be compiled: " + built.lacks);
  return built;
}

/// Calls `visit` with the function that has a line, or null, for every line of code that one of the
/// versions has and the other has not.
void for_each_touched_line(const kernel_source::tree_files& of_before,
                           const kernel_source::tree_files& of_after,
                           const std::function<void(const kernel_source::definition*)>& visit) {
  for (const auto& [path, after] : of_after) {
    const auto found = of_before.find(path);
    const std::string before = found == of_before.end() ? "" : found->second;
    if (before == after) continue;
    const auto visit_side = [&](const std::string& text,
                                kernel_source::line_range kernel_source::hunk::* side) {
      const kernel_source::c_file file = kernel_source::c_file::parse(path, text);
      const std::set<unsigned> code = kernel_source::code_lines(path, text);
      for (const kernel_source::hunk& changed : kernel_source::changed_lines(before, after))
        for (unsigned i = 0; i < (changed.*side).count; ++i) {
          const unsigned line = (changed.*side).first + i;
          const kernel_source::definition* const at = file.at_line(line);
          const bool is_function =
              at != nullptr && at->kind == kernel_source::definition_kind::function;
          if (is_function || code.contains(line)) visit(is_function ? at : nullptr);
        }
    };
    visit_side(before, &kernel_source::hunk::before);
    visit_side(after, &kernel_source::hunk::after);
  }
}

}  // namespace

void add_kernel_flags(CLI::App& app, kernel_options& chosen) {
  app.add_option(
         "--linux", chosen.tree,
         "The kernel: a git checkout, an unpacked tree, a linux-source-*.tar.xz or .deb, or "
         "the version of an installed package such as 6.12; by default the newest "
         "linux-source-* in /usr/src")
      ->type_name("TREE");
  app.add_option("--base", chosen.base,
                 "The git revision of TREE; by default its files as they are")
      ->type_name("REV");
}

std::string arguments_of(const kernel_options& chosen) {
  std::string text;
  if (!chosen.tree.empty()) text += fmt::format(" --linux {}", shell_word(chosen.tree));
  if (!chosen.base.empty()) text += fmt::format(" --base {}", shell_word(chosen.base));
  return text;
}

kernel_builds build_kernels(const kernel_options& chosen, const std::vector<std::string>& patches) {
  progress_line progress;
  try {
    kernel_builds builds;
    progress.announce(
        "reading the kernel's files: a package is unpacked once, which takes a while");
    std::string base = chosen.base;
    if (base.empty()) base = kernel_source::base_of_range(patches).value_or("");
    const auto tree = kernel_source::open_kernel_tree(
        {.tree = chosen.tree, .base = base, .stop = &interrupted()});
    builds.tree = tree->identity().name();
    builds.release = kernel_source::release_of(tree->identity().version);
    // What comes from standard input may never come: nothing is to be cleaned up yet.
    if (!patches.empty())
      builds.series = kernel_source::read_patches(patches, *tree, &interrupted());
    kernel_source::scratch_tree scratch(*tree, kernel_source::checked_files());
    progress.announce("compiling the kernel's files");
    builds.before = build(files_of(scratch), chosen.flavour, true);
    builds.after = builds.before;
    if (patches.empty()) return builds;
    builds.applied = kernel_source::apply_series(
        builds.series, *tree, scratch, [&] { builds.steps.push_back(files_of(scratch)); });
    builds.after = build(files_of(scratch), chosen.flavour, !builds.before.lacks.empty());
    builds.is_changed = builds.before.object != builds.after.object;
    if (builds.after.is_refused && !builds.before.is_refused) throw usage_error(builds.after.lacks);
    return builds;
  } catch (const kernel_source::source_error& error) {
    if (interrupted()) throw std::runtime_error(was_interrupted);
    throw usage_error(error.what());
  } catch (const kernel_source::machine_error&) {
    if (interrupted()) throw std::runtime_error(was_interrupted);
    throw;
  }
}

built_kernel build_step(const kernel_source::tree_files& files) {
  try {
    built_kernel built = build(files, kernel_source::flavour::explored, false);
    if (built.is_refused) throw usage_error(built.lacks);
    return built;
  } catch (const kernel_source::source_error& error) {
    if (interrupted()) throw std::runtime_error(was_interrupted);
    throw usage_error(error.what());
  } catch (const kernel_source::machine_error&) {
    if (interrupted()) throw std::runtime_error(was_interrupted);
    throw;
  }
}

std::vector<std::string> touched_functions(const kernel_source::tree_files& of_before,
                                           const kernel_source::tree_files& of_after) {
  std::set<std::string> names;
  for_each_touched_line(of_before, of_after, [&names](const kernel_source::definition* function) {
    if (function != nullptr) names.insert(function->names.begin(), function->names.end());
  });
  return {names.begin(), names.end()};
}

bool touches_more_than_functions(const kernel_source::tree_files& of_before,
                                 const kernel_source::tree_files& of_after) {
  bool does = false;
  for_each_touched_line(of_before, of_after, [&does](const kernel_source::definition* function) {
    does |= function == nullptr;
  });
  return does;
}

}  // namespace stockcheck::cli
