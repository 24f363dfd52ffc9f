# file: mm/page_counter.c
# summary: A comment is added: every line behind it moves.
# scenarios: page_counter
1i\
/* One more line. */
