// SPDX-License-Identifier: GPL-2.0-only
// Debian's own kernel packages are cut as they are installed.
#include "kernel_source/slicer/slice.hpp"
#include "kernel_source/tree/kernel_tree.hpp"
#include "tests/kernel_source/c_code.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace stockcheck::kernel_source;

namespace {

using names = std::vector<std::string>;

c_file installed_file(const std::string& version, const std::string& path) {
  const auto tree = open_kernel_tree({.tree = version, .cache = STOCKCHECK_TEST_CACHE});
  return c_file::parse(path, tree->read(checked_files()).at(path));
}

/// All functions that charge, keep in stock and uncharge.
const names charge_functions{"consume_stock",
                             "drain_stock",
                             "drain_local_stock",
                             "__refill_stock",
                             "refill_stock",
                             "drain_all_stock",
                             "memcg_hotplug_cpu_dead",
                             "mem_cgroup_margin",
                             "try_charge_memcg",
                             "mem_cgroup_cancel_charge",
                             "__mod_objcg_mlstate",
                             "obj_cgroup_uncharge_pages",
                             "obj_cgroup_charge_pages",
                             "mod_objcg_state",
                             "consume_obj_stock",
                             "drain_obj_stock",
                             "obj_stock_flush_required",
                             "refill_obj_stock",
                             "obj_cgroup_charge",
                             "obj_cgroup_uncharge",
                             "obj_cgroup_release",
                             "obj_cgroup_alloc",
                             "memcg_reparent_objcgs",
                             "mem_cgroup_charge_skmem",
                             "mem_cgroup_uncharge_skmem",
                             "obj_full_size",
                             "__memcg_slab_post_alloc_hook",
                             "__memcg_slab_free_hook"};

/// What these use of the rest of the file.
const name_set surroundings{"memory_cgrp_subsys", "mem_cgroup_oom",
                            "task_is_dying",      "mem_cgroup_handle_over_high",
                            "current_obj_cgroup", "__mod_memcg_lruvec_state"};

}  // namespace

TEST_CASE("the charge functions of 6.12 are cut, and no other function") {
  const c_file file = installed_file("6.12", "mm/memcontrol.c");
  const slice result = cut(file, charge_functions, surroundings);
  CHECK(result.missing.empty());
  CHECK(name_set(result.functions.begin(), result.functions.end()) ==
        name_set(charge_functions.begin(), charge_functions.end()));

  name_set cut_names;
  for (const std::size_t i : result.pieces)
    cut_names.insert(file.definitions()[i].names.begin(), file.definitions()[i].names.end());
  for (const char* name : {"struct memcg_stock_pcp", "memcg_stock", "FLUSHING_CACHED_CHARGE",
                           "percpu_charge_mutex", "objcg_lock"})
    CHECK_MESSAGE(cut_names.contains(name), name);

  name_set unresolved;
  for (const unresolved_name& name : result.unresolved) unresolved.insert(name.name);
  for (const char* name : {"page_counter_try_charge", "css_put", "local_lock_irqsave",
                           "DEFINE_PER_CPU", "struct mem_cgroup", "PAGE_SIZE"})
    CHECK_MESSAGE(unresolved.contains(name), name);
  // Members of lists and callbacks, local variables.
  for (const char* name : {"list", "rcu", "memcg", "flags", "stock", "cpu"})
    CHECK_MESSAGE(!unresolved.contains(name), name);
}

TEST_CASE("each piece of the charge functions is the file's, and is the same when read again") {
  const c_file file = installed_file("6.12", "mm/memcontrol.c");
  const slice result = cut(file, charge_functions, surroundings);
  const c_file again = c_file::parse("slice", result.text);
  REQUIRE(again.definitions().size() == result.pieces.size());
  for (std::size_t i = 0; i < result.pieces.size(); ++i) {
    const definition& original = file.definitions()[result.pieces[i]];
    const definition& copy = again.definitions()[i];
    CAPTURE(original.line);
    CHECK(text_of(again, copy) == text_of(file, original));
    CHECK(copy.kind == original.kind);
    CHECK(copy.names == original.names);
    CHECK(used_names(copy) == used_names(original));
    // The line before says where it comes from, but for a macro in a struct.
    if (i > 0 && original.end < file.definitions()[result.pieces[i - 1]].end) continue;
    const std::string directive =
        "#line " + std::to_string(original.line) + " \"mm/memcontrol.c\"\n";
    CHECK(result.text.compare(copy.begin - directive.size(), directive.size(), directive) == 0);
  }
}

TEST_CASE("cutting every function of a file leaves none of them out") {
  for (const char* version : {"6.1", "6.12"}) {
    for (const char* path :
         {"mm/page_counter.c", "mm/memcontrol.c", "mm/slab.h", "include/linux/memcontrol.h"}) {
      CAPTURE(version);
      CAPTURE(path);
      const c_file file = installed_file(version, path);
      names all;
      for (const definition& piece : file.definitions())
        if (piece.kind == definition_kind::function) all.push_back(piece.names.at(0));
      const slice result = cut(file, all, {});
      CHECK(result.missing.empty());
      const c_file again = c_file::parse(path, result.text);
      std::size_t functions = 0;
      for (const definition& piece : again.definitions())
        functions += piece.kind == definition_kind::function ? 1 : 0;
      CHECK(functions == all.size());
      CHECK(functions > 8);
    }
  }
}

TEST_CASE("the slab hooks of 6.1 stay within their conditional") {
  const c_file file = installed_file("6.1", "mm/slab.h");
  const slice result = cut(file, names{"memcg_slab_free_hook"},
                           {"struct slab", "struct kmem_cache", "virt_to_slab"});
  CHECK(result.conditions.contains("CONFIG_MEMCG_KMEM"));
  // One for each branch.
  CHECK(file.find("memcg_slab_free_hook").size() == 2);
  CHECK(result.text.find("#ifdef CONFIG_MEMCG_KMEM\n") < result.text.find("#else"));
  CHECK(result.text.ends_with("#endif\n"));
}
