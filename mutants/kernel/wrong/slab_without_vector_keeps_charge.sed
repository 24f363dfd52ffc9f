# kernel: 6.1
# file: mm/slab.h
# summary: The charge of an object whose slab gets no obj_cgroups is not returned.
# scenario: slab_charge/obj_exts_at_once
# oracle: conservation
/^static inline void memcg_slab_post_alloc_hook/,/^}/ { /memcg_alloc_slab_cgroups(/,/continue/ s/obj_cgroup_uncharge(objcg, obj_full_size(s));/;/ }
