# Hostile: The same in angle brackets, behind a comment.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/charge_uncharge
# Exit: 2
# Says: #include '../../secret' leads out of the tree
1i\
# /* which? */ include <../../secret>
