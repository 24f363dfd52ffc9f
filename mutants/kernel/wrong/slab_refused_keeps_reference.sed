# kernel: 6.1
# file: mm/slab.h
# summary: A charge that is refused keeps the reference to the obj_cgroup.
# scenario: slab_charge/refused_at_once
# oracle: references
/^static inline bool memcg_slab_pre_alloc_hook/,/^}/ s/obj_cgroup_put(objcg);/;/
