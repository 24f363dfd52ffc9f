# Right: The protected usage is exchanged without ordering: it needs to be atomic, and no more.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter
/^static void propagate_protected_usage/,/^}/ s/atomic_long_xchg(/atomic_long_xchg_relaxed(/
