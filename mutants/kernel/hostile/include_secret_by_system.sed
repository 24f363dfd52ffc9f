# Hostile: The same through the directories of the system.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/charge_uncharge
# Exit: 2
# Says: #include '../lib/os-release'
1i\
#include "../lib/os-release"
