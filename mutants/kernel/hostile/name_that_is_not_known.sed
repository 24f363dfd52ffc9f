# Hostile: A right line calls something that nobody here has heard of.
# Of: kernel 6.12
# File: mm/memcontrol.c
# Scenario: one_slot_stock/two_drainers
# Exit: 3
# Says: drain_all_stock calls arch_has_not_heard_of_it
/^void drain_all_stock(/,/^}/ s/^{$/{\
\tif (arch_has_not_heard_of_it())\
\t\tpr_debug("drain\\n");/
