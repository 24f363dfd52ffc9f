#include "source/compile/memcg_slice.hpp"

#include "source/source_error.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace stockcheck::source;

namespace {

constexpr const char* header = R"(
static inline bool is_small(unsigned int pages) { return pages < 8; }
static inline bool is_large(unsigned int pages) { return !is_small(pages); }
static inline bool nobody_asks(void) { return true; }
)";

/// Has what scenarios call, in a few lines of our own.
constexpr const char* code = R"(
struct memcg_stock_pcp {
	struct mem_cgroup *cached;
	unsigned int nr_pages;
};
static DEFINE_PER_CPU(struct memcg_stock_pcp, memcg_stock);
static DEFINE_MUTEX(percpu_charge_mutex);

static void refill_stock(struct mem_cgroup *memcg, unsigned int pages)
{
	if (is_large(pages))
		page_counter_uncharge(&memcg->memory, pages);
}
static void drain_local_stock(struct work_struct *work)
{
	this_cpu_ptr(&memcg_stock)->nr_pages = 0;
}
void drain_all_stock(struct mem_cgroup *memcg) { }
static int memcg_hotplug_cpu_dead(unsigned int cpu) { return 0; }
int try_charge_memcg(struct mem_cgroup *memcg, gfp_t gfp, unsigned int pages) { return 0; }
bool mem_cgroup_charge_skmem(struct mem_cgroup *memcg, unsigned int pages, gfp_t gfp)
{
	return try_charge_memcg(memcg, gfp, pages) == 0;
}
void mem_cgroup_uncharge_skmem(struct mem_cgroup *memcg, unsigned int pages)
{
	refill_stock(memcg, pages);
}
static void of_no_interest(void) { frobnicate(); }
)";

tree_files files_with(std::string memcontrol) {
  return {{"include/linux/page_counter.h",
           "struct page_counter { long usage; };\n"
           "void page_counter_uncharge(struct page_counter *counter, unsigned long pages);\n"},
          {"include/linux/memcontrol.h", header},
          {"mm/memcontrol.c", std::move(memcontrol)}};
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

TEST_CASE("what scenarios call is cut, with what it needs of the headers and no more") {
  const memcg_slice slice = cut_memcg(files_with(code));
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
  CHECK(error_of(replaced(code, "void drain_all_stock(", "void drain_everything(")) ==
        "mm/memcontrol.c has no drain_all_stock");
}

TEST_CASE("what neither the kernel's files nor the shim have is named, and who uses it") {
  CHECK(error_of(replaced(code, "->nr_pages = 0;", "->nr_pages = frobnicate();")) ==
        "what the shim lacks: mm/memcontrol.c:16: drain_local_stock calls frobnicate");
}

TEST_CASE("a tree without the file says so") {
  tree_files files = files_with(code);
  files.erase("mm/memcontrol.c");
  CHECK_THROWS_WITH_AS(cut_memcg(files), "the kernel tree has no mm/memcontrol.c", source_error);
}
