# Wrong: Every CPU is marked as being drained, also those that nothing is drained of.
# Of: kernel 6.12
# File: mm/memcontrol.c
# Scenario: one_slot_stock/other_subtree
# Oracle: progress
/^void drain_all_stock/,/^}/ {
  s/if (flush \&\&/if (!test_and_set_bit(FLUSHING_CACHED_CHARGE, \&stock->flags) \&\&/
  s/!test_and_set_bit(FLUSHING_CACHED_CHARGE, &stock->flags)) {/flush) {/
}
