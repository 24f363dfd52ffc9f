// SPDX-License-Identifier: GPL-2.0-only
/* The functions of string.h: each of their accesses is that of the line that calls them. Compiled
 * without instrumentation.
 *
 * What has a size is accessed as a whole, and cut into pieces by the engine: a byte at a time would
 * be no access of the members that it is made of. Texts are. Between what is announced and what is
 * done no hook is called: others run in there, and use the same memory. */
#include <stockcheck/hook_table.h>

#define SC_CALLER __builtin_return_address(0)

/* Memory is moved and compared in parts of this many bytes, which are copied to the stack. */
enum { sc_part = 64 };

/* Volatile: it is not made a call of memcpy() or memset(). */
static void copy(volatile char* to, const volatile char* from, size_t size) {
  while (size-- > 0) *to++ = *from++;
}

static void move_part(char* to, const char* from, size_t size, const void* caller) {
  char part[sc_part];
  sc_hooks->plain_read((void*)from, size, caller);
  copy(part, from, size);
  sc_hooks->plain_write(to, size, caller);
  copy(to, part, size);
}

static void* move(void* to, const void* from, size_t size, const void* caller) {
  char* const into = to;
  const char* const out_of = from;
  const bool overlaps_behind = into > out_of && into < out_of + size;
  for (size_t done = 0; done < size;) {
    const size_t part = size - done < sc_part ? size - done : sc_part;
    done += part;
    const size_t at = overlaps_behind ? size - done : done - part;
    move_part(into + at, out_of + at, part, caller);
  }
  return to;
}

static void* set(void* to, int value, size_t size, const void* caller) {
  if (size > 0) sc_hooks->plain_write(to, size, caller);
  for (volatile char* at = to; size > 0; --size) *at++ = (char)value;
  return to;
}

void* sc_memset(void* to, int value, size_t size) { return set(to, value, size, SC_CALLER); }
void* sc_memcpy(void* to, const void* from, size_t size) { return move(to, from, size, SC_CALLER); }
void* sc_memmove(void* to, const void* from, size_t size) {
  return move(to, from, size, SC_CALLER);
}

/* What clang calls in the place of structures. */
void* __tsan_memset(void* to, int value, size_t size) { return set(to, value, size, SC_CALLER); }
void* __tsan_memcpy(void* to, const void* from, size_t size) {
  return move(to, from, size, SC_CALLER);
}
void* __tsan_memmove(void* to, const void* from, size_t size) {
  return move(to, from, size, SC_CALLER);
}

int sc_memcmp(const void* a, const void* b, size_t size) {
  unsigned char one[sc_part];
  unsigned char other[sc_part];
  for (size_t done = 0; done < size;) {
    const size_t part = size - done < sc_part ? size - done : sc_part;
    sc_hooks->plain_read((char*)a + done, part, SC_CALLER);
    copy((char*)one, (const char*)a + done, part);
    sc_hooks->plain_read((char*)b + done, part, SC_CALLER);
    copy((char*)other, (const char*)b + done, part);
    for (size_t i = 0; i < part; ++i)
      if (one[i] != other[i]) return one[i] < other[i] ? -1 : 1;
    done += part;
  }
  return 0;
}

static unsigned char read_byte(const void* at, const void* caller) {
  sc_hooks->plain_read((void*)at, 1, caller);
  return *(const volatile unsigned char*)at;
}
static void write_byte(char* at, unsigned char value, const void* caller) {
  sc_hooks->plain_write(at, 1, caller);
  *(volatile unsigned char*)at = value;
}

void* sc_memchr(const void* in, int byte, size_t size) {
  for (const char* at = in; size > 0; ++at, --size)
    if (read_byte(at, SC_CALLER) == (unsigned char)byte) return (void*)at;
  return 0;
}

static size_t length(const char* text, size_t most, const void* caller) {
  size_t size = 0;
  while (size < most && read_byte(text + size, caller) != 0) ++size;
  return size;
}
size_t sc_strlen(const char* text) { return length(text, SIZE_MAX, SC_CALLER); }
size_t sc_strnlen(const char* text, size_t size) { return length(text, size, SC_CALLER); }

static int compare(const char* a, const char* b, size_t most, const void* caller) {
  for (; most > 0; ++a, ++b, --most) {
    const unsigned char one = read_byte(a, caller);
    const unsigned char other = read_byte(b, caller);
    if (one != other) return one < other ? -1 : 1;
    if (one == 0) break;
  }
  return 0;
}
int sc_strcmp(const char* a, const char* b) { return compare(a, b, SIZE_MAX, SC_CALLER); }
int sc_strncmp(const char* a, const char* b, size_t size) {
  return compare(a, b, size, SC_CALLER);
}

char* sc_strcpy(char* to, const char* from) {
  for (char* at = to;; ++at, ++from) {
    const unsigned char byte = read_byte(from, SC_CALLER);
    write_byte(at, byte, SC_CALLER);
    if (byte == 0) return to;
  }
}
char* sc_strncpy(char* to, const char* from, size_t size) {
  bool ended = false;
  for (char* at = to; size > 0; ++at, --size) {
    const unsigned char byte = ended ? 0 : read_byte(from++, SC_CALLER);
    ended = byte == 0;
    write_byte(at, byte, SC_CALLER);
  }
  return to;
}

char* sc_strchr(const char* in, int character) {
  for (;; ++in) {
    const unsigned char byte = read_byte(in, SC_CALLER);
    if (byte == (unsigned char)character) return (char*)in;
    if (byte == 0) return 0;
  }
}
char* sc_strrchr(const char* in, int character) {
  const char* last = 0;
  for (;; ++in) {
    const unsigned char byte = read_byte(in, SC_CALLER);
    if (byte == (unsigned char)character) last = in;
    if (byte == 0) return (char*)last;
  }
}
