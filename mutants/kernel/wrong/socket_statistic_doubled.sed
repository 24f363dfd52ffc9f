# Wrong: Uncharged socket memory is added to the statistic.
# Of: kernel 6.12
# File: mm/memcontrol.c
# Scenario: socket_charge/two_cpus
# Oracle: statistics
/^void mem_cgroup_uncharge_skmem/,/^}/ s/mod_memcg_state(memcg, MEMCG_SOCK, -nr_pages);/mod_memcg_state(memcg, MEMCG_SOCK, nr_pages);/
