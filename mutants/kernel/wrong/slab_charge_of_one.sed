# kernel: 6.1
# file: mm/slab.h
# summary: Objects that are allocated together are charged as one.
# scenario: slab_charge/same_cpu_at_once
# oracle: conservation
/^static inline bool memcg_slab_pre_alloc_hook/,/^}/ s/objects \* obj_full_size(s)/obj_full_size(s)/
