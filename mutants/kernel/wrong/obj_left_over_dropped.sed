# file: mm/memcontrol.c
# summary: What a drained object stock keeps below a page is dropped.
# scenario: obj_stock/left_over
# oracle: conservation
/^static struct obj_cgroup \*drain_obj_stock/,/^}/ s/atomic_add(nr_bytes, &old->nr_charged_bytes);/;/
