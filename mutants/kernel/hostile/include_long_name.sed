# file: mm/page_counter.c
# summary: A name of 32768 bytes.
# scenario: page_counter/charge_uncharge
# exit: 2
# says: is too long a path
1{
h
s/.*/A/
s/.*/&&/
s/.*/&&/
s/.*/&&/
s/.*/&&/
s/.*/&&/
s/.*/&&/
s/.*/&&/
s/.*/&&/
s/.*/&&/
s/.*/&&/
s/.*/&&/
s/.*/&&/
s/.*/&&/
s/.*/&&/
s/.*/&&/
s/.*/#include <&>/
G
}
