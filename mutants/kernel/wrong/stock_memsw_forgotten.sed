# file: mm/memcontrol.c
# summary: A drained stock returns its pages to one of the two counters.
# scenario: one_slot_stock/memsw
# oracle: leak
/^static void drain_stock/,/^}/ s/if (do_memsw_account())/if (false)/
