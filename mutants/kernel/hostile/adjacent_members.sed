# Hostile: Two members side by side are read one after the other, and never both at once.
# Of: kernel 6.12
# File: include/linux/page_counter.h
# Scenario: page_counter/charge_uncharge
# Exit: 0
# Says: unchanged
s/^	atomic_long_t usage;$/&\
	unsigned int hits, misses;/
/page_counter_read(struct page_counter/,/^}/ s/^{$/{\
	if (counter->hits || counter->misses)\
		counter->hits = 0;/
