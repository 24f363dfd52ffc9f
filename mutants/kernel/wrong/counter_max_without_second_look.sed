# file: mm/page_counter.c
# summary: A new limit is not compared with charges that were on their way.
# scenario: page_counter/set_max_against_try_charge
# oracle: overcharge
/^int page_counter_set_max/,/^}/ s/if (page_counter_read(counter) <= usage ||/if (true ||/
