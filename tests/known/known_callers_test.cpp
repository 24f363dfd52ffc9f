// SPDX-License-Identifier: GPL-2.0-only
// Who makes it matter what is known: the functions are there, and use what they are said to.
#include "kernel_source/slicer/c_file.hpp"
#include "kernel_source/tree/kernel_tree.hpp"
#include "known/known_catalogue.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <regex>
#include <set>
#include <string>
#include <vector>

using namespace stockcheck;

namespace {

/// Where the callers are, in whatever release.
const std::vector<std::string> paths{"kernel/cgroup/cgroup.c", "mm/hugetlb_cgroup.c",
                                     "mm/memcontrol-v1.c",     "mm/memcontrol.c",
                                     "mm/page_counter.c",      "mm/slab.h"};

struct kernel {
  kernel_source::kernel_release release;
  std::vector<kernel_source::c_file> files;

  explicit kernel(const std::string& version) : release(kernel_source::release_of(version)) {
    const auto tree =
        kernel_source::open_kernel_tree({.tree = version, .cache = STOCKCHECK_TEST_CACHE});
    for (const auto& [path, text] : tree->read(paths))
      files.push_back(kernel_source::c_file::parse(path, text));
  }

  [[nodiscard]] bool has(const known::known_caller& caller) const {
    return std::ranges::any_of(files, [&](const kernel_source::c_file& file) {
      return std::ranges::any_of(file.find(caller.function), [&](std::size_t i) {
        return does(file, file.definitions()[i], caller);
      });
    });
  }

 private:
  static bool does(const kernel_source::c_file& file, const kernel_source::definition& it,
                   const known::known_caller& caller) {
    if (!it.is_complete() || it.kind != kernel_source::definition_kind::function) return false;
    if (caller.text.ends_with("()"))
      return std::ranges::any_of(it.uses, [&](const kernel_source::name_use& use) {
        return use.name == caller.uses && use.form == kernel_source::use_form::call;
      });
    const std::string body = file.text().substr(it.begin, it.end - it.begin);
    return std::regex_search(body, std::regex("(->|\\.)" + caller.uses + "\\b"));
  }
};

const std::vector<kernel>& kernels() {
  static const std::vector<kernel> all = [] {
    std::vector<kernel> those;
    those.emplace_back("6.1");
    those.emplace_back("6.12");
    return those;
  }();
  return all;
}

/// The releases in which somebody finds it.
std::set<kernel_source::kernel_release> releases_of(const known::known_entry& entry) {
  std::set<kernel_source::kernel_release> all;
  for (const known::known_place& place : entry.places)
    all.insert(place.releases.begin(), place.releases.end());
  return all;
}

}  // namespace

TEST_CASE("in each kernel at hand that has it, what is known has a caller") {
  std::size_t seen = 0;
  for (const known::known_entry& entry : known::shipped_catalogue().entries()) {
    if (!entry.about.empty()) continue;
    const std::set<kernel_source::kernel_release> found_in = releases_of(entry);
    for (const kernel& one : kernels()) {
      if (!found_in.contains(one.release)) continue;
      ++seen;
      CHECK_MESSAGE(
          std::ranges::any_of(entry.callers, [&](const auto& caller) { return one.has(caller); }),
          entry.id, " in ", one.release.text());
    }
  }
  CHECK(seen > 30);
}

TEST_CASE("each caller is there in a kernel at hand, unless only others have what is known") {
  std::size_t seen = 0;
  for (const known::known_entry& entry : known::shipped_catalogue().entries()) {
    const std::set<kernel_source::kernel_release> found_in = releases_of(entry);
    if (!entry.about.empty() || std::ranges::none_of(kernels(), [&](const kernel& one) {
          return found_in.contains(one.release);
        }))
      continue;
    // What a newer kernel calls its function, these do not know.
    const bool may_be_newer = *found_in.rbegin() > kernels().back().release;
    for (const known::known_caller& caller : entry.callers) {
      const bool is_there =
          std::ranges::any_of(kernels(), [&](const kernel& one) { return one.has(caller); });
      seen += is_there ? 1 : 0;
      CHECK_MESSAGE((is_there || may_be_newer), entry.id, ": ", caller.text);
    }
  }
  CHECK(seen > 30);
}

TEST_CASE("a caller that is not there, or uses nothing of the kind, is told from one that does") {
  const kernel& newer = kernels().back();
  const auto caller = [](const std::string& f, const std::string& uses, bool calls) {
    return known::known_caller{
        .text = fmt::format("{}() {} {}{}", f, calls ? "calls" : "reads", uses, calls ? "()" : ""),
        .function = f,
        .uses = uses};
  };
  // Writing memory.max of cgroup v2 exchanges the limit itself.
  CHECK(newer.has(caller("memory_max_write", "xchg", true)));
  CHECK_FALSE(newer.has(caller("memory_max_write", "page_counter_set_max", true)));
  // Writing memory.peak resets no watermark.
  CHECK(newer.has(caller("peak_write", "local_watermark", false)));
  CHECK_FALSE(newer.has(caller("peak_write", "watermark", false)));
  CHECK_FALSE(newer.has(caller("peak_write", "page_counter_reset_watermark", true)));
  CHECK_FALSE(newer.has(caller("nobody", "xchg", true)));
  // In 6.1 memory.peak cannot be written.
  CHECK_FALSE(kernels().front().has(caller("peak_write", "local_watermark", false)));
}

TEST_CASE("a charge takes a drain for done, whether it drained or not") {
  // It asks for one drain, and sets `drained` without looking at anything in between.
  for (const kernel& one : kernels())
    for (const kernel_source::c_file& file : one.files)
      for (const std::size_t i : file.find("try_charge_memcg")) {
        const kernel_source::definition& it = file.definitions()[i];
        if (it.kind != kernel_source::definition_kind::function) continue;
        const std::string body = file.text().substr(it.begin, it.end - it.begin);
        CHECK(std::regex_search(body, std::regex(R"(drain_all_stock\(\w+\);\s*drained = true;)")));
      }
}
