# Wrong: A counter that goes below 0 stays there, behind the warning that is known.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/uncharged_twice
# Oracle: underflow
/^void page_counter_cancel/,/^}/ {
  /^		new = 0;/d
  /^		atomic_long_set(&counter->usage, new);/d
}
