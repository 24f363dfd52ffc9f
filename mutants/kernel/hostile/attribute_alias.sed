# Hostile: A second name of a function.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/charge_uncharge
# Exit: 2
# Says: the attribute alias
/^void page_counter_charge/i\
void other(struct page_counter *counter, unsigned long nr_pages)\
\t__attribute__((alias("page_counter_cancel")));\

