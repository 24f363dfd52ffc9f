# file: include/linux/page_counter.h
# summary: Two members side by side are read one after the other, and never both at once.
# scenario: page_counter/charge_uncharge
# exit: 0
# says: unchanged
s/^	atomic_long_t usage;$/&\
	unsigned int hits, misses;/
/page_counter_read(struct page_counter/,/^}/ s/^{$/{\
	if (counter->hits || counter->misses)\
		counter->hits = 0;/
