# file: mm/page_counter.c
# summary: An uncharge orders nothing: it needs to be atomic, and no more.
# scenarios: page_counter
/^void page_counter_cancel/,/^}/ s/atomic_long_sub_return(/atomic_long_sub_return_relaxed(/
