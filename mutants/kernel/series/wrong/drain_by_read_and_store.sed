# Wrong: A drain reads the stock and stores 0: what is put in or taken out in between is lost.
# Of: kernel 6.12 6.1
# Scenario: page_counter_stock/refill_against_drain
# Oracle: conservation
s/nr_pages = atomic_xchg(&per_cpu_ptr(counter->stock, cpu)->nr_pages, 0);/nr_pages = atomic_read(\&per_cpu_ptr(counter->stock, cpu)->nr_pages); atomic_set(\&per_cpu_ptr(counter->stock, cpu)->nr_pages, 0);/
