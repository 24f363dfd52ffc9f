# file: mm/page_counter.c
# summary: An include whose name a macro has.
# scenario: page_counter/charge_uncharge
# exit: 2
# says: #include is no plain name
1i\
#define SECRET "/etc/passwd"\
#include SECRET
