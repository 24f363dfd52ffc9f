# file: mm/memcontrol.c
# summary: A right line calls something that nobody here has heard of.
# scenario: one_slot_stock/two_drainers
# exit: 3
# says: drain_all_stock calls arch_has_not_heard_of_it
/^void drain_all_stock(/,/^}/ s/^{$/{\
\tif (arch_has_not_heard_of_it())\
\t\tpr_debug("drain\\n");/
