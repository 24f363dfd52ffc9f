# file: mm/memcontrol.c
# summary: The rest of the last page of a charge goes into no stock.
# scenario: obj_stock/two_cpus
# oracle: conservation
/^int obj_cgroup_charge(/,/^}/ s/if (!ret \&\& nr_bytes)/if (false)/
