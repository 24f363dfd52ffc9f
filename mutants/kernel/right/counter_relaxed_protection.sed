# file: mm/page_counter.c
# summary: The protected usage is exchanged without ordering: it needs to be atomic, and no more.
# scenarios: page_counter
/^static void propagate_protected_usage/,/^}/ s/atomic_long_xchg(/atomic_long_xchg_relaxed(/
