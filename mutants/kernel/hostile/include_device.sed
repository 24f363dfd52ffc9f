# Hostile: A file without an end.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/charge_uncharge
# Exit: 2
# Says: #include '/dev/zero'
1i\
#include "/dev/zero"
