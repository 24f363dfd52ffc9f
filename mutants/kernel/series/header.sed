# Proposal: struct page_counter gets a stock for each CPU.
# Of: kernel 6.12 6.1
# File: include/linux/page_counter.h
/^struct page_counter {/i\
/* Pages that are charged already, kept for the next charge on this CPU. */\
struct page_counter_stock {\
	atomic_t nr_pages;\
};\

/^	struct page_counter \*parent;/a\
	struct page_counter_stock __percpu *stock;\
	unsigned int batch;
/^int page_counter_memparse/i\
int page_counter_alloc_stock(struct page_counter *counter, unsigned int batch);\
void page_counter_free_stock(struct page_counter *counter);\
void page_counter_drain_stock(struct page_counter *counter, unsigned int cpu);\
bool page_counter_try_charge_stock(struct page_counter *counter, unsigned long nr_pages,\
				   struct page_counter **fail, unsigned long *nr_charged);
