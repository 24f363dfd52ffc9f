# Wrong: The charge of an object whose slab gets no obj_cgroups is not returned.
# Of: kernel 6.1
# File: mm/slab.h
# Scenario: slab_charge/obj_exts_at_once
# Oracle: conservation
/^static inline void memcg_slab_post_alloc_hook/,/^}/ { /memcg_alloc_slab_cgroups(/,/continue/ s/obj_cgroup_uncharge(objcg, obj_full_size(s));/;/ }
