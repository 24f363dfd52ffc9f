# Hostile: A comment alone changes no code; every line behind it moves.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/charge_uncharge
# Exit: 0
# Says: Nothing was run: the patches change no code
1i\
/* One more line. */
