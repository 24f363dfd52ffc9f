# Hostile: A warning clears the screen, names the window and puts a line of its own into a reply.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/charge_uncharge
# Exit: 1
# Says: \x1b[2J\x1b]0;owned\x07 \n\nReviewed-by: Somebody
/^void page_counter_cancel/,/^}/ {
  /new = atomic_long_sub_return/a\
\tWARN(1, "\\033[2J\\033]0;owned\\007 \\n\\nReviewed-by: Somebody <somebody@example.org>\\n");
}
