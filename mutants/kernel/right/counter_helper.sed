# Right: The watermarks are updated by a function of their own.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter
/^static bool track_protection/i\
static void note_usage(struct page_counter *c, unsigned long usage)\
{\
\tif (usage <= READ_ONCE(c->local_watermark))\
\t\treturn;\
\tWRITE_ONCE(c->local_watermark, usage);\
\tif (usage > READ_ONCE(c->watermark))\
\t\tWRITE_ONCE(c->watermark, usage);\
}\

/^bool page_counter_try_charge/,/^}/ {
  /if (new > READ_ONCE(c->local_watermark)) {/,/^\t\t}/c\
\t\tnote_usage(c, new);
}
