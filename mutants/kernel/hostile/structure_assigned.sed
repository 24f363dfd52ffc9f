# Hostile: A whole structure is assigned, and with it the usage is lost.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/charge_uncharge
# Exit: 1
# Says: newly failing
/^void page_counter_cancel/,/^}/ {
  /new = atomic_long_sub_return/a\
\t*counter = (struct page_counter){ .parent = counter->parent, .max = counter->max };
}
