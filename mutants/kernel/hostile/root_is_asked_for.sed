# Hostile: A warning of the root group, with which no kernel comes here.
# Of: kernel 6.12
# File: mm/memcontrol.c
# Scenario: one_slot_stock/memsw
# Exit: 0
# Says: unchanged
/^static void refill_stock/,/^}/ s/^{$/{\
\tWARN_ON_ONCE(mem_cgroup_is_root(memcg));/
