# file: mm/page_counter.c
# summary: The same in angle brackets, behind a comment.
# scenario: page_counter/charge_uncharge
# exit: 2
# says: #include '../../secret' leads out of the tree
1i\
# /* which? */ include <../../secret>
