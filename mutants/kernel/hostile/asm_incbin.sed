# file: mm/page_counter.c
# summary: A file of this machine is made part of the code.
# scenario: page_counter/charge_uncharge
# exit: 2
# says: inline assembly that is no compiler barrier
/^void page_counter_cancel/i\
asm(".section .rodata; .incbin \\"/etc/hostname\\"; .text");
