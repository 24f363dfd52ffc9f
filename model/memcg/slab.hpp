// SPDX-License-Identifier: GPL-2.0-only
// Slab objects as far as charging them to a memory cgroup sees them.
//
// Follows slab_obj_exts(), alloc_slab_obj_exts() and struct slabobj_ext of Linux 6.12, mm/slab.h
// and mm/slub.c.
#pragma once

#include "model/kernel/limits.hpp"
#include "model/kernel/machine.hpp"
#include "model/kernel/word.hpp"
#include "model/memcg/obj_cgroup.hpp"

#include <array>
#include <cstddef>

namespace stockcheck::memcg {

/// A cache of objects of one size.
struct kmem_cache {
  unsigned full_size;  ///< obj_full_size(): the object and its pointer to an obj_cgroup, in bytes
  slab_stat stat;      ///< cache_vmstat_idx()
};

/// A few pages of one node with objects of one cache. Which obj_cgroup each object is charged to
/// stands in a vector that is allocated when the first of them is charged. Whoever allocated or
/// frees an object may touch its entry; everything else is thread-safe.
///
/// The vector is part of the slab here, and `obj_exts` the pointer to it, null or not: nothing
/// frees it before the slab.
template <atomics_policy A>
class slab {
 public:
  static constexpr std::size_t max_objects = 4;

  /// `nid` is the node. `label` names the slab in reports and is a literal.
  slab(unsigned nid, const char* label) : nid_(nid) {
    static constexpr std::array names{"obj_ext[0]", "obj_ext[1]", "obj_ext[2]", "obj_ext[3]"};
    static_assert(names.size() == max_objects);
    A::label(obj_exts_, label, "obj_exts");
    for (std::size_t index = 0; index < max_objects; ++index)
      A::label(objcgs_[index], label, names[index]);
  }
  slab(const slab&) = delete;
  slab& operator=(const slab&) = delete;

  /// slab_pgdat()
  [[nodiscard]] unsigned nid() const { return nid_; }

  /// slab_obj_exts(), whether there is one.
  [[nodiscard]] bool has_obj_exts(location at = location::current()) const {
    return kernel::READ_ONCE(obj_exts_, at) != 0;
  }
  /// alloc_slab_obj_exts(): 0 or -ENOMEM. That of another CPU may come first, and is as good.
  int alloc_obj_exts(location at = location::current()) {
    if (kernel::machine<A>::current().allocation_fails()) return -kernel::enomem;
    kernel::cmpxchg(obj_exts_, 0, 1, at);
    return 0;
  }

  /// slabobj_ext::objcg of an object, which is not read through a pointer that is null.
  [[nodiscard]] obj_cgroup<A>* objcg(std::size_t index, location at = location::current()) const {
    expect_vector(at);
    return objcgs_.at(index).load(at);
  }
  void set_objcg(std::size_t index, obj_cgroup<A>* charged, location at = location::current()) {
    expect_vector(at);
    objcgs_.at(index).store(charged, at);
  }

 private:
  void expect_vector(location at) const {
    A::expect(has_obj_exts(at), oracle::memory, "an entry of obj_exts that do not exist", {}, at);
  }

  unsigned nid_;
  kernel::word<A, int> obj_exts_{0};
  std::array<typename A::template plain<obj_cgroup<A>*>, max_objects> objcgs_;
};

/// An object: a pointer to it gives its slab and its index there, virt_to_slab() and
/// obj_to_index().
template <atomics_policy A>
struct slab_object {
  slab<A>* in = nullptr;
  std::size_t index = 0;
};

}  // namespace stockcheck::memcg
