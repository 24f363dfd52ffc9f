# Wrong: An object that is freed stays marked as charged.
# Of: kernel 6.1
# File: mm/slab.h
# Scenario: slab_charge/softirq_at_once
# Oracle: scenario
/^static inline void memcg_slab_free_hook/,/^}/ s/objcgs\[off\] = NULL;/;/
