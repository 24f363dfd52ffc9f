# file: mm/page_counter.c
# summary: A counter that goes below 0 stays there, behind the warning that is known.
# scenario: page_counter/uncharged_twice
# oracle: underflow
/^void page_counter_cancel/,/^}/ {
  /^		new = 0;/d
  /^		atomic_long_set(&counter->usage, new);/d
}
