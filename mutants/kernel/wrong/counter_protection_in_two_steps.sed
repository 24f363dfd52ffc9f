# Wrong: Two tasks hand the same change of min_usage to the parent.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/protection_sum
# Oracle: statistics
/^static void propagate_protected_usage/,/^}/ s/old_protected = atomic_long_xchg(&c->min_usage, protected);/atomic_long_set(\&c->min_usage, protected);/
