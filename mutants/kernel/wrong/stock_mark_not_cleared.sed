# Wrong: The work that drains a CPU leaves its mark behind.
# Of: kernel 6.12
# File: mm/memcontrol.c
# Scenario: one_slot_stock/consume_against_drain_all
# Oracle: progress
/^static void drain_local_stock/,/^}/ s/clear_bit(FLUSHING_CACHED_CHARGE, &stock->flags);/;/
