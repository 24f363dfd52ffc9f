# Hostile: The words of a warning are not what it is about.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/uncharged_twice
# Exit: 0
# Says: still failing  page_counter/uncharged_twice
s/page_counter underflow: /page_counter went negative: /
