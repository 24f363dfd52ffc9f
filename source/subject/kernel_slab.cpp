#include "source/subject/kernel_slab.hpp"

#include "source/source_error.hpp"
#include "source/subject/explored_objects.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

namespace stockcheck::source {

namespace {

const sc_obj_stock& table() { return kernel_obj_cgroup::table(); }

constexpr std::size_t pointer_size = sizeof(void*);

}  // namespace

kernel_slab::kernel_slab(unsigned nid, const char* label) : nid_(nid) {
  if (table().slab_size > memory_.size())
    throw source_error(
        fmt::format("struct slab has {} bytes, more than {}", table().slab_size, memory_.size()));
  call_kernel(table().slab_init, "__memcg_slab_post_alloc_hook()",
              static_cast<void*>(memory_.data()), nid);
  const sc_cell cell = table().obj_exts(memory_.data());
  explore_name(cell.at, cell.size, label, "obj_exts");
}

kernel_slab::~kernel_slab() {
  const sc_cell cell = table().obj_exts(memory_.data());
  void* vector = nullptr;
  std::memcpy(&vector, cell.at, sizeof vector);
  constexpr explore_site in_scenario{"", "", 0};
  if (vector != nullptr) explore_free(vector, &in_scenario);
}

bool kernel_slab::has_obj_exts() const {
  return number_at(table().obj_exts(const_cast<std::byte*>(memory_.data()))) != 0;
}
int kernel_slab::alloc_obj_exts() {
  return call_kernel(table().alloc_obj_exts, "alloc_slab_obj_exts()",
                     static_cast<void*>(memory_.data()));
}
const kernel_obj_cgroup* kernel_slab::objcg(std::size_t index) const {
  const long vector = number_at(table().obj_exts(const_cast<std::byte*>(memory_.data())));
  void* const entry = reinterpret_cast<std::byte*>(vector) + index * pointer_size;
  return kernel_obj_cgroup::of(
      reinterpret_cast<void*>(number_at(sc_cell{.at = entry, .size = pointer_size})));
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

}  // namespace stockcheck::source
