# file: mm/memcontrol.c
# summary: Pages that are left when an objcg is released are not uncharged.
# scenario: obj_stock/two_cpus
# oracle: leak
/^static void obj_cgroup_release/,/^}/ s/if (nr_pages)/if (false)/
