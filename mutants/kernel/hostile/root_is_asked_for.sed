# file: mm/memcontrol.c
# summary: A warning of the root group, with which no kernel comes here.
# scenario: one_slot_stock/memsw
# exit: 0
# says: unchanged
/^static void refill_stock/,/^}/ s/^{$/{\
\tWARN_ON_ONCE(mem_cgroup_is_root(memcg));/
