# file: mm/memcontrol.c
# summary: The work that drains a CPU leaves its mark behind.
# scenario: one_slot_stock/consume_against_drain_all
# oracle: progress
/^static void drain_local_stock/,/^}/ s/clear_bit(FLUSHING_CACHED_CHARGE, &stock->flags);/;/
