/* The entry point of the object, and the functions behind the shim's headers. Compiled without
 * instrumentation. */
#include <stockcheck/hook_table.h>
#include <stockcheck/kernel.h>

#include <stdarg.h>
#include <stdio.h>

const struct sc_hook_table* sc_hooks;

SC_EXPORT void sc_enter(const struct sc_hook_table* table) { sc_hooks = table; }

void* sc_alloc(size_t size, size_t alignment, bool zeroed, const struct explore_site* at) {
  return sc_hooks->alloc(size, alignment, zeroed, at);
}
void sc_free(void* memory, const struct explore_site* at) { sc_hooks->free(memory, at); }
void sc_warn(const char* text, const struct explore_site* at) { sc_hooks->warn(text, at); }
void sc_unsupported(const char* what, const struct explore_site* at) {
  sc_hooks->unsupported(what, at);
}

const char* sc_format(const char* format, ...) {
  static _Thread_local char text[256];
  va_list arguments;
  va_start(arguments, format);
  int length = vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  /* The kernel's messages end a line. */
  if (length > 0 && (size_t)length < sizeof text && text[length - 1] == '\n') text[length - 1] = 0;
  return text;
}

unsigned long long memparse(const char* text, char** end) {
  sc_unsupported("memparse()", SC_HERE);
  *end = (char*)text;
  return 0;
}
