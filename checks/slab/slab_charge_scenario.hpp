// SPDX-License-Identifier: GPL-2.0-only
// The base of the scenarios over the hooks that charge slab objects: slabs on two nodes, and the
// books of which of their objects are charged.
#pragma once

#include "checks/object_stock/object_families.hpp"
#include "model/memcg/multi_obj_stock.hpp"
#include "model/memcg/obj_stock.hpp"
#include "model/memcg/slab_charge.hpp"

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <limits>
#include <span>

namespace stockcheck::checks {

/// A slab, and which of its objects are in use. Whoever allocated an object, or was given it, has
/// its entries.
template <class Slab>
struct slab_in_use {
  static constexpr std::size_t max_objects = Slab::max_objects;

  Slab slab;
  std::array<bool, max_objects> allocated{};
  std::array<bool, max_objects> charged{};

  slab_in_use(unsigned nid, const char* label) : slab(nid, label) {}

  struct object {
    slab_in_use* in = nullptr;
    std::size_t index = 0;

    [[nodiscard]] bool has_mark() const {
      return in->slab.has_obj_exts() && in->slab.objcg(index) != nullptr;
    }
  };
  object operator[](std::size_t index) { return {this, index}; }
};

/// Adds slabs to the groups of an obj_stock_scenario, of which objects are charged to `a`. Pages
/// are of 16 bytes and objects of 6 unless said otherwise: the third object needs a second page.
template <class Groups, memcg::slab_batching Batching>
class slab_charge_scenario : public Groups {
 public:
  using atomics = typename Groups::atomics;
  using hooks =
      typename Groups::subject::template slab_charge<typename Groups::stock_type, Batching>;
  using slab = slab_in_use<typename hooks::slab_type>;
  using object = typename slab::object;
  using object_list = std::initializer_list<object>;

  slab node0{0, "slab on node0"};
  slab also_node0{0, "slab 2 on node0"};
  slab node1{1, "slab on node1"};

  /// Checks that the charged objects are marked, and no others; then frees all that are left.
  void check() override {
    for (slab* s : slabs())
      for (std::size_t i = 0; i < slab::max_objects; ++i) check_object((*s)[i]);
    for (slab* s : slabs())
      for (std::size_t i = 0; i < slab::max_objects; ++i)
        if (s->allocated.at(i)) free({(*s)[i]});
  }

 protected:
  struct sizes {
    unsigned page = 16;
    unsigned object = 6;
    int max_int = std::numeric_limits<int>::max();  ///< as for slab_charge
  };
  slab_charge_scenario() : slab_charge_scenario(sizes{}) {}
  explicit slab_charge_scenario(const sizes& with)
    requires std::constructible_from<Groups, unsigned>
      : Groups(with.page), object_size_(with.object), hooks_(this->stock, with.max_int) {}
  /// This one is for groups that set the size of a page themselves: it does not use `with.page`.
  explicit slab_charge_scenario(const sizes& with)
      : object_size_(with.object), hooks_(this->stock, with.max_int) {}

  /// kmem_cache_alloc_bulk(), or kmem_cache_alloc() of one object. False if a limit refused it.
  bool alloc(object_list wanted) {
    this->a.note_request(cache_.full_size * largest_batch(wanted.size()));
    if (!this->record("alloc", hooks_.post_alloc(this->a.objcg(), cache_, as_passed(wanted).all())))
      return false;
    for (const object& o : wanted) {
      o.in->allocated.at(o.index) = true;
      o.in->charged.at(o.index) = o.has_mark();
      if (o.in->charged.at(o.index)) hold(o, 1);
    }
    return true;
  }
  /// kmem_cache_free_bulk()
  void free(object_list unwanted) {
    for (const object& o : unwanted) {
      if (o.in->charged.at(o.index)) hold(o, -1);
      o.in->allocated.at(o.index) = false;
      o.in->charged.at(o.index) = false;
    }
    hooks_.free_bulk(cache_, as_passed(unwanted).all());
  }
  /// All slabs have their obj_exts from the beginning.
  void obj_exts_exist() {
    for (slab* s : slabs()) s->slab.alloc_obj_exts();
  }
  /// The next allocation of obj_exts may fail, or else one later.
  void obj_exts_may_fail() {
    this->let_allocations_fail(1);
    may_stay_uncharged_ = 1;
  }

 private:
  /// Objects as the hooks get them.
  class as_passed {
   public:
    explicit as_passed(object_list objects) : size_(objects.size()) {
      std::ranges::transform(objects, list_.begin(), [](const object& o) {
        return typename hooks::object{&o.in->slab, o.index};
      });
    }
    [[nodiscard]] typename hooks::objects all() const { return std::span{list_}.first(size_); }

   private:
    std::array<typename hooks::object, 2 * slab::max_objects> list_{};
    std::size_t size_;
  };

  static unsigned largest_batch(std::size_t size) {
    return Batching == memcg::slab_batching::per_object ? 1 : static_cast<unsigned>(size);
  }
  std::array<slab*, 3> slabs() { return {&node0, &also_node0, &node1}; }

  void hold(const object& o, long sign) {
    const long bytes = sign * static_cast<long>(cache_.full_size);
    this->a.hold_objects(sign, bytes);
    this->a.hold_stat(o.in->slab.nid(), cache_.stat, bytes);
  }

  void check_object(const object& o) {
    const bool charged = o.in->charged.at(o.index);
    atomics::expect(o.has_mark() == charged, oracle::scenario,
                    "an object is marked although it is not charged, or the other way round",
                    {{"node", static_cast<long>(o.in->slab.nid())},
                     {"object", static_cast<long>(o.index)},
                     {"charged", charged ? 1 : 0}});
    if (!o.in->allocated.at(o.index) || charged) return;
    atomics::expect(
        may_stay_uncharged_ > 0, oracle::scenario,
        "an object is not charged although there were obj_exts",
        {{"node", static_cast<long>(o.in->slab.nid())}, {"object", static_cast<long>(o.index)}});
    --may_stay_uncharged_;
  }

  unsigned object_size_;
  memcg::kmem_cache cache_{.full_size = object_size_, .stat = memcg::slab_stat::unreclaimable};
  hooks hooks_;
  unsigned may_stay_uncharged_ = 0;
};

template <class S, memcg::slab_batching Batching>
using slab_on_one_slot = slab_charge_scenario<object_single<obj_stock_family<S>>, Batching>;
template <class S, memcg::slab_batching Batching>
using slab_on_slots = slab_charge_scenario<object_single<multi_obj_stock_family<S>>, Batching>;
/// The group is not a child of the root, of which since 6.16 nothing is uncharged.
template <class S, memcg::slab_batching Batching>
using slab_below_parent = slab_charge_scenario<object_child<multi_obj_stock_family<S>>, Batching>;

}  // namespace stockcheck::checks
