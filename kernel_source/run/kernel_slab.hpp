// SPDX-License-Identifier: GPL-2.0-only
// Slabs as the kernel's own hooks charge their objects, with the operations of
// memcg::slab and memcg::slab_charge.
#pragma once

#include "kernel_source/run/kernel_obj_cgroup.hpp"
#include "kernel_source/run/kernel_obj_stock.hpp"
#include "model/memcg/slab_charge.hpp"

#include <array>
#include <cstddef>
#include <span>

namespace stockcheck::kernel_source {

/// A slab of the shim.
class kernel_slab {
 public:
  static constexpr std::size_t max_objects = 4;

  /// `nid` is the node. `label` names the slab in reports and is a literal.
  kernel_slab(unsigned nid, const char* label);
  kernel_slab(const kernel_slab&) = delete;
  kernel_slab& operator=(const kernel_slab&) = delete;
  /// With its obj_exts.
  ~kernel_slab();

  [[nodiscard]] unsigned nid() const { return nid_; }
  [[nodiscard]] bool has_obj_exts() const;
  /// 0 or -ENOMEM
  int alloc_obj_exts();
  /// What an object is charged to, null if to nothing. There must be obj_exts.
  [[nodiscard]] const kernel_obj_cgroup* objcg(std::size_t index) const;

  /// As the kernel knows an object.
  [[nodiscard]] void* object(std::size_t index) { return memory_.data() + index; }

 private:
  /// Comes first, for its alignment.
  alignas(64) std::array<std::byte, 64> memory_{};
  unsigned nid_;
};

struct kernel_slab_object {
  kernel_slab* in = nullptr;
  std::size_t index = 0;
};

/// The kernel's hooks.
class kernel_slab_charge {
 public:
  using slab_type = kernel_slab;
  using object = kernel_slab_object;
  using objects = std::span<const object>;

  /// The stock is the kernel's, and so is its int.
  kernel_slab_charge(kernel_objects&, int) {}

  /// memcg_slab_post_alloc_hook(): false if a limit refused it.
  static bool post_alloc(kernel_obj_cgroup& objcg, const memcg::kmem_cache& cache, objects p);
  /// kmem_cache_free_bulk(), as far as charges go.
  static void free_bulk(const memcg::kmem_cache& cache, objects p);

 protected:
  /// Ends the execution if the kernel charges objects in another way, or has other ints.
  static void require(memcg::slab_batching batching, int max_int);
};

/// The hooks of a kernel that charges objects in that way.
template <memcg::slab_batching Batching>
class kernel_slab_charge_by : public kernel_slab_charge {
 public:
  kernel_slab_charge_by(kernel_objects& stock, int max_int) : kernel_slab_charge(stock, max_int) {
    require(Batching, max_int);
  }
};

}  // namespace stockcheck::kernel_source
