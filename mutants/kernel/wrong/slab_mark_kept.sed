# kernel: 6.1
# file: mm/slab.h
# summary: An object that is freed stays marked as charged.
# scenario: slab_charge/softirq_at_once
# oracle: scenario
/^static inline void memcg_slab_free_hook/,/^}/ s/objcgs\[off\] = NULL;/;/
