// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/run/kernel_mem_cgroup.hpp"

#include "kernel_source/run/memcg_hooks.hpp"

#include <algorithm>
#include <cstring>
#include <functional>
#include <vector>

namespace stockcheck::kernel_source {

namespace {

const explore_site* site_or_scenario(const explore_site* at) {
  return at == nullptr ? &in_scenario : at;
}

const sc_memcg_stock& table() { return kernel_object::current().memcg_stock(); }
platform& on() { return kernel_object::current().runs_on(); }
const sc_hook_table& hooks() { return on().hooks(); }

// Holds the memory cgroups of the running execution.
std::vector<kernel_mem_cgroup*> groups;

}  // namespace

kernel_group_memory::kernel_group_memory()
    : self_(hooks().alloc(table().group_size, table().group_alignment, true, &in_scenario)) {}

kernel_group_memory::~kernel_group_memory() {
  if (!is_gone_) hooks().free(self_, &in_scenario);
}

void* kernel_group_memory::member(const char* name) const {
  return static_cast<std::byte*>(self_) + find_field(table().group_fields, name)->offset;
}

void kernel_group_memory::free(const explore_site* at) {
  is_gone_ = true;
  hooks().free(self_, at);
}

kernel_mem_cgroup::counter::counter(void* structure, const counter* parent, const char* label,
                                    const bool* is_gone)
    : kernel_counter(structure, label, is_gone) {
  init(parent, false);
  set_high(max());
}

kernel_mem_cgroup::kernel_mem_cgroup(kernel_mem_cgroup* parent, const char* label, bool with_memsw)
    : memory(member("memory"), parent == nullptr ? nullptr : &parent->memory, label, &is_gone_),
      memsw(member("memsw"), parent == nullptr ? nullptr : &parent->memsw,
            with_memsw ? "memsw" : "swap", &is_gone_),
      parent_(parent),
      with_memsw_(with_memsw) {
  on().name(member("references"), sizeof(long), label, "references");
  on().name(&released_, sizeof released_, label, "released");
  on().name(&memory_freed_, sizeof memory_freed_, label, "memory freed");
  for (const auto& of_cpu : statistics_) {
    on().name(&of_cpu[SC_SOCK], sizeof(long), label, "sock");
    on().name(&of_cpu[SC_KMEM], sizeof(long), label, "kmem");
  }
  const long its_own = 1;
  std::memcpy(member("references"), &its_own, sizeof its_own);
  settings().accounts_memsw = with_memsw;
  groups.push_back(this);
}

kernel_mem_cgroup::~kernel_mem_cgroup() { std::erase(groups, this); }

kernel_mem_cgroup* kernel_mem_cgroup::at(const void* address, const explore_site* at) {
  const auto* const byte = static_cast<const std::byte*>(address);
  const auto is_within = [byte](const kernel_mem_cgroup* group) {
    const auto* const begin = static_cast<const std::byte*>(group->self());
    return !std::less<>{}(byte, begin) && std::less<>{}(byte, begin + table().group_size);
  };
  const auto found = std::ranges::find_if(groups, is_within);
  if (found != groups.end()) return *found;
  on().give_up(oracle::references, "a memory cgroup is used that is none", site_or_scenario(at));
  return nullptr;
}

void kernel_mem_cgroup::forget_all() { groups.clear(); }

bool kernel_mem_cgroup::is_descendant_of(const kernel_mem_cgroup& root,
                                         const explore_site* at) const {
  expect_memory(at);
  for (const kernel_mem_cgroup* m = this; m != nullptr; m = m->parent_)
    if (m == &root) return true;
  return false;
}

void kernel_mem_cgroup::get(long references, const explore_site* at) {
  if (is_root()) return;
  at = site_or_scenario(at);
  const auto before =
      static_cast<long>(hooks().rmw(member("references"), sizeof(long), EXPLORE_FETCH_ADD,
                                    static_cast<std::uint64_t>(references), EXPLORE_RELAXED, at));
  on().expect(before > 0, oracle::references, "css_get() of a css whose references are gone",
              {{label(), before}}, at);
  expect_alive(at);
}

bool kernel_mem_cgroup::tryget(const explore_site* at) {
  if (is_root()) return true;
  at = site_or_scenario(at);
  void* const cell = member("references");
  std::uint64_t seen = hooks().load(cell, sizeof(long), EXPLORE_RELAXED, at);
  while (static_cast<long>(seen) > 0)
    if (hooks().cas(cell, sizeof(long), &seen, seen + 1, EXPLORE_FULL, at)) return true;
  return false;
}

void kernel_mem_cgroup::put(long references, const explore_site* at) {
  if (is_root()) return;
  at = site_or_scenario(at);
  on().perform_writes();
  const long left =
      static_cast<long>(hooks().rmw(member("references"), sizeof(long), EXPLORE_FETCH_SUB,
                                    static_cast<std::uint64_t>(references), EXPLORE_FULL, at)) -
      references;
  on().expect(left >= 0, oracle::references, "css_put() of more references than there are",
              {{label(), left}}, at);
  if (left == 0) released(at);
}

long kernel_mem_cgroup::references() const {
  if (is_root()) return 0;
  return static_cast<long>(read(member("references"), sizeof(long), EXPLORE_RELAXED, &in_scenario));
}

void kernel_mem_cgroup::uncharge(ulong nr_pages) {
  expect_alive(&in_scenario);
  memory.uncharge(nr_pages);
  if (with_memsw_) memsw.uncharge(nr_pages);
}

void kernel_mem_cgroup::expect_alive(const explore_site* at) const {
  if (is_root()) return;
  on().expect(read(&released_, sizeof released_, EXPLORE_PLAIN, at) == 0, oracle::references,
              "a mem_cgroup is used after its references are gone", {}, at);
}

void kernel_mem_cgroup::expect_memory(const explore_site* at) const {
  on().expect(read(&memory_freed_, sizeof memory_freed_, EXPLORE_RELAXED, at) == 0,
              oracle::references, "the memory of a mem_cgroup is used after it was freed", {}, at);
}

bool kernel_mem_cgroup::is_freed() const {
  return read(&released_, sizeof released_, EXPLORE_PLAIN, &in_scenario) != 0;
}

void kernel_mem_cgroup::free_memory() {
  hooks().store(&memory_freed_, sizeof memory_freed_, 1, EXPLORE_RELAXED, &in_scenario);
  free(&in_scenario);
}

void kernel_mem_cgroup::released(const explore_site* at) {
  on().expect(read(&released_, sizeof released_, EXPLORE_PLAIN, at) == 0, oracle::references,
              "a mem_cgroup is freed twice", {}, at);
  hooks().store(&released_, sizeof released_, 1, EXPLORE_PLAIN, at);
}

void kernel_mem_cgroup::count(sc_statistic of, long by, const explore_site* at) {
  const unsigned cpu = hooks().contexts->this_cpu(at);
  hooks().rmw(&statistics_.at(cpu).at(of), sizeof(long), EXPLORE_FETCH_ADD,
              static_cast<std::uint64_t>(by), EXPLORE_RELAXED, at);
}

long kernel_mem_cgroup::counted(sc_statistic of) const {
  long sum = 0;
  for (const auto& of_cpu : statistics_)
    sum += static_cast<long>(read(&of_cpu.at(of), sizeof(long), EXPLORE_RELAXED, &in_scenario));
  return sum;
}

/// Once the memory is gone, what it held then.
std::uint64_t kernel_mem_cgroup::read(const void* cell, std::size_t size, explore_order order,
                                      const explore_site* at) const {
  const auto* const byte = static_cast<const std::byte*>(cell);
  const auto* const begin = static_cast<const std::byte*>(self());
  const bool is_in_structure = byte >= begin && byte < begin + table().group_size;
  if (is_gone_ && is_in_structure && at == &in_scenario) {
    std::uint64_t left = 0;
    std::memcpy(&left, on().remains_of(cell), size);
    return left;
  }
  return hooks().load(cell, size, order, at);
}

}  // namespace stockcheck::kernel_source
