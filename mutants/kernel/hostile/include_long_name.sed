# Hostile: A name of 32768 bytes.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/charge_uncharge
# Exit: 2
# Says: is too long a path
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
