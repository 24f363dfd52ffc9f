// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/run/kernel_slab.hpp"

#include "kernel_source/run/object_hooks.hpp"
#include "kernel_source/source_error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <limits>

namespace stockcheck::kernel_source {

namespace {

const sc_obj_stock& table() { return kernel_object::current().slabs(); }

constexpr std::size_t pointer_size = sizeof(void*);

/// Returns the obj_exts in what a slab's member holds, without the flags; null if it has none.
std::byte* obj_exts_of(long value) {
  return std::bit_cast<std::byte*>(static_cast<std::uintptr_t>(value) & ~(pointer_size - 1));
}

}  // namespace

kernel_slab::kernel_slab(unsigned nid, const char* label) : nid_(nid) {
  if (table().slab_size > memory_.size())
    throw source_error(
        fmt::format("struct slab has {} bytes, more than {}", table().slab_size, memory_.size()));
  call_kernel(table().slab_init, "__memcg_slab_post_alloc_hook()",
              static_cast<void*>(memory_.data()), nid);
  const sc_cell cell = table().obj_exts(memory_.data());
  kernel_object::current().runs_on().name(cell.at, cell.size, label, "obj_exts");
}

kernel_slab::~kernel_slab() {
  long value = 0;
  std::memcpy(&value, table().obj_exts(memory_.data()).at, sizeof value);
  if (std::byte* const vector = obj_exts_of(value); vector != nullptr)
    kernel_object::current().runs_on().hooks().free(vector, &in_scenario);
}

bool kernel_slab::has_obj_exts() const { return number_at(table().obj_exts(memory_.data())) != 0; }
int kernel_slab::alloc_obj_exts() {
  return call_kernel(table().alloc_obj_exts, "alloc_slab_obj_exts()",
                     static_cast<void*>(memory_.data()));
}
const kernel_obj_cgroup* kernel_slab::objcg(std::size_t index) const {
  const long value = number_at(table().obj_exts(memory_.data()));
  void* const entry = obj_exts_of(value) + index * pointer_size;
  return kernel_obj_cgroup::of(
      std::bit_cast<void*>(number_at(sc_cell{.at = entry, .size = pointer_size})));
}

void kernel_slab_charge::require(memcg::slab_batching batching, int max_int) {
  using memcg::slab_batching;
  const sc_slab_batching has = table().slab_batching;
  if (batching == slab_batching::per_object && has != SC_ONE_BY_ONE)
    not_in_this_kernel("hooks that charge slab objects one by one");
  if (batching == slab_batching::all_at_once && has != SC_ALL_AT_ONCE)
    not_in_this_kernel("hooks that charge slab objects all at once");
  const bool in_runs =
      batching == slab_batching::run_length || batching == slab_batching::batch_count;
  if (in_runs && has != SC_IN_RUNS) not_in_this_kernel("hooks that charge slab objects in runs");
  if (max_int != std::numeric_limits<int>::max()) not_in_this_kernel("ints that are so short");
}

bool kernel_slab_charge::post_alloc(kernel_obj_cgroup& objcg, const memcg::kmem_cache& cache,
                                    objects p) {
  std::array<void*, 2 * kernel_slab::max_objects> list{};
  std::ranges::transform(p, list.begin(), [](const object& o) { return o.in->object(o.index); });
  const charging_for scope(objcg);
  return call_kernel(table().post_alloc, "__memcg_slab_post_alloc_hook()",
                     std::size_t{cache.full_size}, cache.stat == memcg::slab_stat::reclaimable,
                     list.data(), p.size());
}
void kernel_slab_charge::free_bulk(const memcg::kmem_cache& cache, objects p) {
  for (const object& o : p)
    call_kernel(table().free, "__memcg_slab_free_hook()", std::size_t{cache.full_size},
                cache.stat == memcg::slab_stat::reclaimable, o.in->object(o.index));
}

}  // namespace stockcheck::kernel_source
