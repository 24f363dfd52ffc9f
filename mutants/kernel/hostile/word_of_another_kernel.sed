# Hostile: A function that other kernels choose a victim with is called, and chooses nothing.
# Of: kernel 6.12
# File: mm/memcontrol.c
# Scenario: one_slot_stock/two_drainers
# Exit: 0
# Says: unchanged
/^void drain_all_stock(/,/^}/ s/^{$/{\
\tif (get_random_u32_below(2))\
\t\tbarrier();/
