# Hostile: A name of 32768 bytes in a file of which only functions are compiled.
# Of: kernel 6.12
# File: mm/memcontrol.c
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
