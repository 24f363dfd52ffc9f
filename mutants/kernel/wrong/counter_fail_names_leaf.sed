# Wrong: A refused charge names the wrong level, and rolls nothing back.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/set_max_of_parent
# Oracle: conservation
/^bool page_counter_try_charge/,/^}/ s/\*fail = c;/*fail = counter;/
