# Wrong: Pages are taken out of the stock by reading and storing it: a drain in between is undone.
# Of: kernel 6.12 6.1
# Scenario: page_counter_stock/consume_against_drain
# Oracle: conservation
s/taken = atomic_try_cmpxchg(&stock->nr_pages, &old, old - (int)nr_pages);/taken = (atomic_set(\&stock->nr_pages, old - (int)nr_pages), true);/
