# file: mm/page_counter.c
# summary: The words of a warning are not what it is about.
# scenario: page_counter/uncharged_twice
# exit: 0
# says: still failing  page_counter/uncharged_twice
s/page_counter underflow: /page_counter went negative: /
