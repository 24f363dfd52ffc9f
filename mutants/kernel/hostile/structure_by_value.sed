# Hostile: A structure is read to be passed by value, which no compiler announces.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/charge_uncharge
# Exit: 2
# Says: look() reads
/^void page_counter_cancel/i\
struct three { unsigned long of[3]; };\
static unsigned long sum(struct three v) { return v.of[0] + v.of[1] + v.of[2]; }\
static unsigned long look(struct page_counter *counter)\
{\
	return sum(*(struct three *)&counter->watermark);\
}\

/^void page_counter_cancel/,/^}/ {
  /new = atomic_long_sub_return/a\
	WARN_ON(look(counter) == 1);
}
