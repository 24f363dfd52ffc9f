# file: mm/page_counter.c
# summary: A file of this machine, which the compiler would quote.
# scenario: page_counter/charge_uncharge
# exit: 2
# says: #include '../../secret' leads out of the tree
1i\
#include "../../secret"
