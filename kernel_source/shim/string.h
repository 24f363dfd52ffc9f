// SPDX-License-Identifier: GPL-2.0-only
/* linux/string.h, for the kernel's code alone, which is compiled as if it began with this. Of what is
 * explored each access is seen: the functions are the shim's own, and so they are where the code, or
 * the compiler in its place, takes them for known. The shim's other parts keep the usual ones. */
#ifndef SC_SHIM_STRING_H
#define SC_SHIM_STRING_H

#include <stddef.h>

#ifdef SC_NATIVE
#define __own(name)
#else
#define __own(name) __asm__("sc_" #name)
#endif

void* memset(void* to, int value, size_t size) __own(memset);
void* memcpy(void* to, const void* from, size_t size) __own(memcpy);
void* memmove(void* to, const void* from, size_t size) __own(memmove);
int memcmp(const void* a, const void* b, size_t size) __own(memcmp);
void* memchr(const void* in, int byte, size_t size) __own(memchr);
size_t strlen(const char* text) __own(strlen);
size_t strnlen(const char* text, size_t size) __own(strnlen);
int strcmp(const char* a, const char* b) __own(strcmp);
int strncmp(const char* a, const char* b, size_t size) __own(strncmp);
char* strcpy(char* to, const char* from) __own(strcpy);
char* strncpy(char* to, const char* from, size_t size) __own(strncpy);
char* strchr(const char* in, int character) __own(strchr);
char* strrchr(const char* in, int character) __own(strrchr);

#ifndef SC_NATIVE
/* GCC expands these in place, without a word of what they access, also where it is told not to know
 * the functions. */
#define __builtin_memset memset
#define __builtin_memcpy memcpy
#define __builtin_memmove memmove
#define __builtin_memcmp memcmp
#define __builtin_memchr memchr
#define __builtin_strlen strlen
#define __builtin_strnlen strnlen
#define __builtin_strcmp strcmp
#define __builtin_strncmp strncmp
#define __builtin_strcpy strcpy
#define __builtin_strncpy strncpy
#define __builtin_strchr strchr
#define __builtin_strrchr strrchr
#endif

#endif
