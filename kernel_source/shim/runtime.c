// SPDX-License-Identifier: GPL-2.0-only
/* The entry point of the object, and the functions behind the shim's headers. Compiled without
 * instrumentation. The object has nothing that runs by itself when it is loaded. */
#include <stockcheck/hook_table.h>
#include <stockcheck/kernel.h>

#include <stdarg.h>

/* In format.c. */
size_t sc_format(char* text, size_t size, const char* format, va_list arguments);

const struct sc_hook_table* sc_hooks;

SC_EXPORT void sc_enter(const struct sc_hook_table* table) {
  sc_hooks = table;
  sc_copy_percpu();
}

void* sc_alloc(size_t size, size_t alignment, bool zeroed, const struct explore_site* at) {
  return sc_hooks->alloc(size, alignment, zeroed, at);
}
void sc_free(void* memory, const struct explore_site* at) { sc_hooks->free(memory, at); }
void sc_unsupported(const char* why, const struct explore_site* at) {
  sc_hooks->unsupported(why, at);
}

void sc_warn(const struct explore_site* at, const char* condition, const char* format, ...) {
  char text[256];
  va_list arguments;
  va_start(arguments, format);
  const size_t length = sc_format(text, sizeof text, format, arguments);
  va_end(arguments);
  /* The kernel's messages end a line. */
  if (length > 0 && text[length - 1] == '\n') text[length - 1] = 0;
  /* What does not fit is cut off between two characters, or what UTF-8 takes for such. */
  if (length == sizeof text - 1) {
    size_t last = length - 1;
    while (last > 0 && (text[last] & 0xc0) == 0x80) --last;
    if ((text[last] & 0xc0) == 0xc0) text[last] = 0;
  }
  sc_hooks->warn(text, condition, at);
}

unsigned long long memparse(const char* text, char** end) {
  sc_unsupported("the shim has no memparse()", SC_HERE);
  *end = (char*)text;
  return 0;
}
