# file: mm/page_counter.c
# summary: The same through the directories of the system.
# scenario: page_counter/charge_uncharge
# exit: 2
# says: #include '../lib/os-release'
1i\
#include "../lib/os-release"
