
static void refill_stock_of(struct page_counter *counter, unsigned long nr_pages)
{
	preempt_disable();
	atomic_add(nr_pages, &this_cpu_ptr(counter->stock)->nr_pages);
	preempt_enable();
}

/* A drain may empty the stock at any time: hence the cmpxchg. */
static bool consume_stock_of(struct page_counter *counter, unsigned long nr_pages)
{
	struct page_counter_stock *stock;
	bool taken = false;
	int old;

	preempt_disable();
	stock = this_cpu_ptr(counter->stock);
	old = atomic_read(&stock->nr_pages);
	while (!taken && (unsigned long)old >= nr_pages)
		taken = atomic_try_cmpxchg(&stock->nr_pages, &old, old - (int)nr_pages);
	preempt_enable();
	return taken;
}

int page_counter_alloc_stock(struct page_counter *counter, unsigned int batch)
{
	struct page_counter_stock __percpu *stock;

	stock = alloc_percpu(struct page_counter_stock);
	if (!stock)
		return -ENOMEM;
	counter->stock = stock;
	counter->batch = batch;
	return 0;
}

/* Returns what a CPU keeps. May be called on any CPU. */
void page_counter_drain_stock(struct page_counter *counter, unsigned int cpu)
{
	int nr_pages;

	if (!counter->stock)
		return;
	nr_pages = atomic_xchg(&per_cpu_ptr(counter->stock, cpu)->nr_pages, 0);
	if (nr_pages)
		page_counter_uncharge(counter, nr_pages);
}

/* Nobody may charge any more. */
void page_counter_free_stock(struct page_counter *counter)
{
	unsigned int cpu;

	if (!counter->stock)
		return;
	for_each_possible_cpu(cpu)
		page_counter_drain_stock(counter, cpu);
	free_percpu(counter->stock);
	counter->stock = NULL;
}

/* Charges from this CPU's stock, else a batch, else the exact amount. */
bool page_counter_try_charge_stock(struct page_counter *counter, unsigned long nr_pages,
				   struct page_counter **fail, unsigned long *nr_charged)
{
	unsigned long charge;

	if (counter->stock) {
		if (consume_stock_of(counter, nr_pages)) {
			*nr_charged = 0;
			return true;
		}
		charge = max_t(unsigned long, READ_ONCE(counter->batch), nr_pages);
		if (charge > nr_pages && page_counter_try_charge(counter, charge, fail)) {
			refill_stock_of(counter, charge - nr_pages);
			*nr_charged = charge;
			return true;
		}
	}
	if (!page_counter_try_charge(counter, nr_pages, fail))
		return false;
	*nr_charged = nr_pages;
	return true;
}
