# Wrong: Pages that are left when an objcg is released are not uncharged.
# Of: kernel 6.12
# File: mm/memcontrol.c
# Scenario: obj_stock/two_cpus
# Oracle: leak
/^static void obj_cgroup_release/,/^}/ s/if (nr_pages)/if (false)/
