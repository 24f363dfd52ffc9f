# Wrong: A drained stock returns its pages to one of the two counters.
# Of: kernel 6.12
# File: mm/memcontrol.c
# Scenario: one_slot_stock/memsw
# Oracle: leak
/^static void drain_stock/,/^}/ s/if (do_memsw_account())/if (false)/
