# kernel: 6.1
# file: mm/slab.h
# summary: An object that is freed is uncharged before it is marked as not charged.
# scenarios: slab_charge
/^static inline void memcg_slab_free_hook/,/^}/ { /objcgs\[off\] = NULL;/d; s/obj_cgroup_put(objcg);/objcgs[off] = NULL;\n\t\t&/ }
