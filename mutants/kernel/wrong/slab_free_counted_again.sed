# kernel: 6.1
# file: mm/slab.h
# summary: An object that is freed is added to the statistic once more.
# scenario: slab_charge/bulk_at_once
# oracle: statistics
/^static inline void memcg_slab_free_hook/,/^}/ s/-obj_full_size(s)/obj_full_size(s)/
