# file: mm/memcontrol.c
# summary: Uncharged socket memory is added to the statistic.
# scenario: socket_charge/two_cpus
# oracle: statistics
/^void mem_cgroup_uncharge_skmem/,/^}/ s/mod_memcg_state(memcg, MEMCG_SOCK, -nr_pages);/mod_memcg_state(memcg, MEMCG_SOCK, nr_pages);/
