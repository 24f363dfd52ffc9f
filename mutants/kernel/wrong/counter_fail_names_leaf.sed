# file: mm/page_counter.c
# summary: A refused charge names the wrong level, and rolls nothing back.
# scenario: page_counter/set_max_of_parent
# oracle: conservation
/^bool page_counter_try_charge/,/^}/ s/\*fail = c;/*fail = counter;/
