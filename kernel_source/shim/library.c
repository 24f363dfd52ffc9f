// SPDX-License-Identifier: GPL-2.0-only
/* What compilers call by themselves, and what native code has of linux/string.h: the object is
 * linked with no library. Compiled without instrumentation: what is explored and checked calls the
 * functions of string.c instead. The loops are volatile so that they are not made calls of these
 * functions. */
#include <stddef.h>

void* memcpy(void* to, const void* from, size_t size) {
  volatile char* into = to;
  for (const char* at = from; size > 0; --size) *into++ = *at++;
  return to;
}

void* memmove(void* to, const void* from, size_t size) {
  volatile char* const into = to;
  const volatile char* const at = from;
  if (into < at)
    for (size_t i = 0; i < size; ++i) into[i] = at[i];
  else
    for (size_t i = size; i > 0; --i) into[i - 1] = at[i - 1];
  return to;
}

void* memset(void* to, int value, size_t size) {
  for (volatile char* at = to; size > 0; --size) *at++ = (char)value;
  return to;
}

int memcmp(const void* a, const void* b, size_t size) {
  const volatile unsigned char* one = a;
  const volatile unsigned char* other = b;
  for (; size > 0; --size, ++one, ++other)
    if (*one != *other) return *one < *other ? -1 : 1;
  return 0;
}

size_t strlen(const char* text) {
  const volatile char* end = text;
  while (*end != 0) ++end;
  return (size_t)(end - text);
}

int strcmp(const char* a, const char* b) {
  const volatile unsigned char* one = (const unsigned char*)a;
  const volatile unsigned char* other = (const unsigned char*)b;
  for (; *one != 0 && *one == *other; ++one) ++other;
  return (*one > *other) - (*one < *other);
}
