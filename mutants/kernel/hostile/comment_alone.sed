# file: mm/page_counter.c
# summary: A comment alone changes no code; every line behind it moves.
# scenario: page_counter/charge_uncharge
# exit: 0
# says: Nothing was run: the patches change no code
1i\
/* One more line. */
