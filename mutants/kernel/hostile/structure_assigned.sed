# file: mm/page_counter.c
# summary: A whole structure is assigned, and with it the usage is lost.
# scenario: page_counter/charge_uncharge
# exit: 1
# says: newly failing
/^void page_counter_cancel/,/^}/ {
  /new = atomic_long_sub_return/a\
\t*counter = (struct page_counter){ .parent = counter->parent, .max = counter->max };
}
