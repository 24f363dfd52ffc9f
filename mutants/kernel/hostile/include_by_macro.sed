# Hostile: An include whose name a macro has.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/charge_uncharge
# Exit: 2
# Says: #include is no plain name
1i\
#define SECRET "/etc/passwd"\
#include SECRET
