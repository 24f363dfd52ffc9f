# file: mm/memcontrol.c
# summary: A function that other kernels choose a victim with is called, and chooses nothing.
# scenario: one_slot_stock/two_drainers
# exit: 0
# says: unchanged
/^void drain_all_stock(/,/^}/ s/^{$/{\
\tif (get_random_u32_below(2))\
\t\tbarrier();/
