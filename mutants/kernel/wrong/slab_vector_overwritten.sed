# kernel: 6.1
# file: mm/memcontrol.c
# summary: A slab gets its obj_cgroups without looking whether another CPU gave it some meanwhile.
# scenario: slab_charge/first_objects_at_once
# oracle: memory
/^int memcg_alloc_slab_cgroups/,/^}/ s/if (new_slab)/if (1)/
