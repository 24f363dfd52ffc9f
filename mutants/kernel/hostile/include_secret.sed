# Hostile: A file of this machine, which the compiler would quote.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/charge_uncharge
# Exit: 2
# Says: #include '../../secret' leads out of the tree
1i\
#include "../../secret"
