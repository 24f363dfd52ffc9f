# Wrong: An object that is freed is added to the statistic once more.
# Of: kernel 6.1
# File: mm/slab.h
# Scenario: slab_charge/bulk_at_once
# Oracle: statistics
/^static inline void memcg_slab_free_hook/,/^}/ s/-obj_full_size(s)/obj_full_size(s)/
