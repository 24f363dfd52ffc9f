# Hostile: A file of this machine is made part of the code.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/charge_uncharge
# Exit: 2
# Says: inline assembly that is no compiler barrier
/^void page_counter_cancel/i\
asm(".section .rodata; .incbin \\"/etc/hostname\\"; .text");
