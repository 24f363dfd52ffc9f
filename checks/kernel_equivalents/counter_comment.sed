# file: mm/page_counter.c
# summary: A comment is added: every line behind it moves.
1i\
/* One more line. */
