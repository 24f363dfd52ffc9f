// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/compile/memcg_slice.hpp"

#include "kernel_source/source_error.hpp"
#include "tests/kernel_source/compile/small_memcg.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace stockcheck::kernel_source;

namespace {

/// What scenarios call of objects.
constexpr const char* objects = R"(
static struct obj_cgroup *obj_cgroup_alloc(void) { return NULL; }
static void memcg_reparent_objcgs(struct mem_cgroup *memcg, struct mem_cgroup *parent) { }
static struct obj_cgroup *__get_obj_cgroup_from_memcg(struct mem_cgroup *memcg) { return NULL; }
int obj_cgroup_charge(struct obj_cgroup *objcg, gfp_t gfp, size_t size) { return 0; }
void obj_cgroup_uncharge(struct obj_cgroup *objcg, size_t size) { }
void mod_objcg_state(struct obj_cgroup *objcg, struct pglist_data *pgdat, int idx, int nr) { }
int memcg_alloc_slab_cgroups(struct slab *slab) { return 0; }
static int of_later_patches(void) { return 0; }
)";

/// Slabs that are charged by inline functions.
constexpr const char* inline_hooks = R"(
static inline size_t charged_size(struct kmem_cache *s) { return s->size; }
static inline bool memcg_slab_pre_alloc_hook(struct kmem_cache *s, struct obj_cgroup *objcg)
{
	return obj_cgroup_charge(objcg, 0, charged_size(s)) == 0;
}
static inline void memcg_slab_post_alloc_hook(struct kmem_cache *s) { of_later_patches(); }
static inline void memcg_slab_free_hook(struct kmem_cache *s, struct obj_cgroup *objcg)
{
	obj_cgroup_uncharge(objcg, charged_size(s));
}
)";

tree_files files_with(const std::string& memcontrol) {
  tree_files files = small_memcg();
  files["mm/memcontrol.c"] = memcontrol;
  return files;
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  return text.replace(text.find(what), what.size(), by);
}

std::string error_of(const std::string& memcontrol) {
  try {
    cut_memcg(files_with(memcontrol));
    return "";
  } catch (const source_error& error) {
    return error.what();
  }
}

}  // namespace

TEST_CASE("the functions of linux/string.h are there") {
  CHECK(error_of(replaced(small_memcontrol, "memcg) { }",
                          "memcg) {\n"
                          "memset(memcg, 0, sizeof(*memcg)); memcpy(memcg, memcg, 8);\n"
                          "if (memcmp(memcg, memcg, 8) || strlen(0) || !strcmp(0, 0))\n"
                          "__builtin_memset(memcg, 0, 8);\n}")) == "");
}

TEST_CASE("what scenarios call is cut, with what it needs of the headers and no more") {
  const memcg_slice slice = cut_memcg(small_memcg());
  for (const std::string name : {"refill_stock", "is_large", "is_small", "memcg_stock_pcp"})
    CHECK_MESSAGE(slice.text.find(name) != std::string::npos, name);
  for (const std::string name : {"nobody_asks", "of_no_interest"})
    CHECK_MESSAGE(slice.text.find(name) == std::string::npos, name);
  // What is used comes after what it uses.
  CHECK(slice.text.find("bool is_large(") < slice.text.find("void refill_stock("));
  CHECK(slice.text.find("#line 2 \"include/linux/memcontrol.h\"") != std::string::npos);
  CHECK(slice.stock_members.find("cached;") != std::string::npos);
}

TEST_CASE("a function that is gone is named") {
  CHECK(error_of(replaced(small_memcontrol, "void drain_all_stock(", "void drain_everything(")) ==
        "mm/memcontrol.c has no drain_all_stock, which scenarios call");
}

TEST_CASE("what neither the kernel's files nor the shim have is named, and who uses it") {
  CHECK(error_of(replaced(small_memcontrol, "->nr_pages = 0;", "->nr_pages = frobnicate();")) ==
        "the shim lacks: mm/memcontrol.c:16: drain_local_stock calls frobnicate");
}

TEST_CASE("a tree without the file says so") {
  tree_files files = small_memcg();
  files.erase("mm/memcontrol.c");
  CHECK_THROWS_WITH_AS(cut_memcg(files), "the kernel tree has no mm/memcontrol.c", source_error);
}

TEST_CASE(
    "where slabs are charged by inline functions of a header, these come behind what they call") {
  tree_files files = files_with(std::string(small_memcontrol) + objects);
  files["mm/slab.h"] = inline_hooks;
  const std::string text = cut_memcg(files).text;
  for (const std::string name : {"charged_size", "memcg_slab_post_alloc_hook", "of_later_patches",
                                 "memcg_alloc_slab_cgroups", "#line 2 \"mm/slab.h\""})
    CHECK_MESSAGE(text.find(name) != std::string::npos, name);
  CHECK(text.find("int obj_cgroup_charge(") < text.find("bool memcg_slab_pre_alloc_hook("));
  CHECK(text.find("#define SC_HAS_INLINE_SLAB_HOOKS") != std::string::npos);
  CHECK(without_unused(files).contains("mm/slab.h"));
}

TEST_CASE("a header that has no such functions is left alone") {
  const tree_files without = files_with(std::string(small_memcontrol) + objects);
  tree_files with = without;
  with["mm/slab.h"] = replaced(inline_hooks, "memcg_slab_free_hook", "memcg_slab_free");
  CHECK(without_unused(with) == without);
  CHECK(cut_memcg(with).text == cut_memcg(without).text);
  CHECK(cut_memcg(with).text.find("SLAB_HOOKS") == std::string::npos);
}

TEST_CASE("where both are there, the functions that are called are what is checked") {
  tree_files files =
      files_with(std::string(small_memcontrol) + objects +
                 "bool __memcg_slab_post_alloc_hook(struct kmem_cache *s) { return true; }\n"
                 "void __memcg_slab_free_hook(struct kmem_cache *s) { }\n");
  files["mm/slab.h"] = inline_hooks;
  const std::string text = cut_memcg(files).text;
  CHECK(text.find("#define SC_HAS_SLAB_HOOKS") != std::string::npos);
  CHECK(text.find("charged_size") == std::string::npos);
}

TEST_CASE("how a kernel does things is told from the functions that it has") {
  const std::string one_work = cut_memcg(small_memcg()).text;
  for (const std::string name : {"SC_HAS_SEPARATE_DRAINS", "SC_HAS_SK_CHARGE", "SC_ASKS"})
    CHECK_MESSAGE(one_work.find(name) == std::string::npos, name);

  std::string later = replaced(small_memcontrol, "drain_local_stock", "drain_local_memcg_stock");
  later = replaced(later, "mem_cgroup_charge_skmem", "mem_cgroup_sk_charge");
  later = replaced(later, "mem_cgroup_uncharge_skmem", "mem_cgroup_sk_uncharge");
  later = replaced(later, "unsigned int nr_pages;", "unsigned int nr_pages[NR_MEMCG_STOCK];");
  later = replaced(later, "{ return 0; }\nbool", "{ return gfpflags_allow_spinning(gfp); }\nbool");
  const memcg_slice slice =
      cut_memcg(files_with("#define NR_MEMCG_STOCK 7\n"
                           "struct obj_stock_pcp { unsigned int nr_bytes; };\n"
                           "static void drain_local_obj_stock(struct work_struct *work) { }\n" +
                           later));
  for (const std::string name :
       {"SC_HAS_SEPARATE_DRAINS", "SC_HAS_SK_CHARGE", "SC_ASKS_FOR_SPINNING"})
    CHECK_MESSAGE(slice.text.find("#define " + name) != std::string::npos, name);
  CHECK(slice.obj_stock_members.find("nr_bytes;") != std::string::npos);
  // A scenario has fewer groups than slots would be: the shim's number is a small one.
  CHECK(slice.text.find("NR_MEMCG_STOCK 7") == std::string::npos);
}
