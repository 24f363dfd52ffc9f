# Wrong: Objects that are allocated together are charged as one.
# Of: kernel 6.1
# File: mm/slab.h
# Scenario: slab_charge/same_cpu_at_once
# Oracle: conservation
/^static inline bool memcg_slab_pre_alloc_hook/,/^}/ s/objects \* obj_full_size(s)/obj_full_size(s)/
