# file: mm/memcontrol.c
# summary: Every CPU is marked as being drained, also those that nothing is drained of.
# scenario: one_slot_stock/other_subtree
# oracle: progress
/^void drain_all_stock/,/^}/ {
  s/if (flush \&\&/if (!test_and_set_bit(FLUSHING_CACHED_CHARGE, \&stock->flags) \&\&/
  s/!test_and_set_bit(FLUSHING_CACHED_CHARGE, &stock->flags)) {/flush) {/
}
