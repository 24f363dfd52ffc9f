# Wrong: A new limit is not compared with charges that were on their way.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/set_max_against_try_charge
# Oracle: overcharge
/^int page_counter_set_max/,/^}/ s/if (page_counter_read(counter) <= usage ||/if (true ||/
