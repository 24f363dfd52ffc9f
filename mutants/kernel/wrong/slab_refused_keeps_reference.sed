# Wrong: A charge that is refused keeps the reference to the obj_cgroup.
# Of: kernel 6.1
# File: mm/slab.h
# Scenario: slab_charge/refused_at_once
# Oracle: references
/^static inline bool memcg_slab_pre_alloc_hook/,/^}/ s/obj_cgroup_put(objcg);/;/
