# Right: An uncharge orders nothing: it needs to be atomic, and no more.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter
/^void page_counter_cancel/,/^}/ s/atomic_long_sub_return(/atomic_long_sub_return_relaxed(/
