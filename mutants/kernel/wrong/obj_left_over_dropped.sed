# Wrong: What a drained object stock keeps below a page is dropped.
# Of: kernel 6.12
# File: mm/memcontrol.c
# Scenario: obj_stock/left_over
# Oracle: conservation
/^static struct obj_cgroup \*drain_obj_stock/,/^}/ s/atomic_add(nr_bytes, &old->nr_charged_bytes);/;/
