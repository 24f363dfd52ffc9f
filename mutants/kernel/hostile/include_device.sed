# file: mm/page_counter.c
# summary: A file without an end.
# scenario: page_counter/charge_uncharge
# exit: 2
# says: #include '/dev/zero'
1i\
#include "/dev/zero"
