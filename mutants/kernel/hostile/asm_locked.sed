# file: mm/page_counter.c
# summary: A right locked addition by inline assembly, which nobody sees.
# scenario: page_counter/charge_uncharge
# exit: 2
# says: inline assembly that is no compiler barrier
/^void page_counter_cancel/,/^}/ {
  s/new = atomic_long_sub_return(nr_pages, &counter->usage);/new = -(long)nr_pages; asm volatile("lock xaddq %0, %1" : "+r"(new), "+m"(counter->usage.counter) :: "memory"); new -= nr_pages;/
}
