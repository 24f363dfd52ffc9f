# Wrong: A slab gets its obj_cgroups without looking whether another CPU gave it some meanwhile.
# Of: kernel 6.1
# File: mm/memcontrol.c
# Scenario: slab_charge/first_objects_at_once
# Oracle: memory
/^int memcg_alloc_slab_cgroups/,/^}/ s/if (new_slab)/if (1)/
