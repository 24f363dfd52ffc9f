# Hostile: A right locked addition by inline assembly, which nobody sees.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/charge_uncharge
# Exit: 2
# Says: inline assembly that is no compiler barrier
/^void page_counter_cancel/,/^}/ {
  s/new = atomic_long_sub_return(nr_pages, &counter->usage);/new = -(long)nr_pages; asm volatile("lock xaddq %0, %1" : "+r"(new), "+m"(counter->usage.counter) :: "memory"); new -= nr_pages;/
}
