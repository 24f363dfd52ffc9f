# file: mm/page_counter.c
# summary: Two tasks hand the same change of min_usage to the parent.
# scenario: page_counter/protection_sum
# oracle: statistics
/^static void propagate_protected_usage/,/^}/ s/old_protected = atomic_long_xchg(&c->min_usage, protected);/atomic_long_set(\&c->min_usage, protected);/
