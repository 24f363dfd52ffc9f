# Right: An object that is freed is uncharged before it is marked as not charged.
# Of: kernel 6.1
# File: mm/slab.h
# Scenario: slab_charge
/^static inline void memcg_slab_free_hook/,/^}/ { /objcgs\[off\] = NULL;/d; s/obj_cgroup_put(objcg);/objcgs[off] = NULL;\n\t\t&/ }
