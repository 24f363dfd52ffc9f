// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/compile/memcg_variants.hpp"

#include <array>

namespace stockcheck::kernel_source {

const memcg_variants& drain_variants() {
  static const memcg_variants all{
      {"SC_HAS_SEPARATE_DRAINS", {"drain_local_memcg_stock", "drain_local_obj_stock"}},
      {nullptr, {"drain_local_stock"}}};
  return all;
}

const memcg_variants& socket_variants() {
  static const memcg_variants all{
      {"SC_HAS_SK_CHARGE", {"mem_cgroup_sk_charge", "mem_cgroup_sk_uncharge"}},
      {nullptr, {"mem_cgroup_charge_skmem", "mem_cgroup_uncharge_skmem"}}};
  return all;
}

const memcg_variants& object_variants() {
  static const memcg_variants all{
      {"SC_OBJECTS_IN_SECTIONS",
       {"trylock_stock", "unlock_stock", "__consume_obj_stock", "__refill_obj_stock",
        "__obj_cgroup_charge", "__account_obj_stock"}},
      {"SC_OBJECTS_AT_ONCE", {"obj_cgroup_charge_account", "refill_obj_stock"}},
      {nullptr, {"mod_objcg_state"}}};
  return all;
}

std::span<const memcg_question> memcg_questions() {
  static constexpr std::array all{
      memcg_question{"SC_ASKS_FOR_SPINNING", "gfpflags_allow_spinning"}};
  return all;
}

}  // namespace stockcheck::kernel_source
