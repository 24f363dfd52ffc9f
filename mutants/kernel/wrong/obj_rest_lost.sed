# Wrong: The rest of the last page of a charge goes into no stock.
# Of: kernel 6.12
# File: mm/memcontrol.c
# Scenario: obj_stock/two_cpus
# Oracle: conservation
/^int obj_cgroup_charge(/,/^}/ s/if (!ret \&\& nr_bytes)/if (false)/
