# file: mm/page_counter.c
# summary: A second name of a function.
# scenario: page_counter/charge_uncharge
# exit: 2
# says: the attribute alias
/^void page_counter_charge/i\
void other(struct page_counter *counter, unsigned long nr_pages)\
\t__attribute__((alias("page_counter_cancel")));\

