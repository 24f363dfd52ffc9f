// SPDX-License-Identifier: GPL-2.0-only
/* What the kernel's printk() does with the conversions that warnings use: the object has no library
 * for that. Compiled without instrumentation. */
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct output {
  char* text;
  size_t size; /* with the 0 that ends it */
  size_t length;
};

static void put(struct output* to, char c) {
  if (to->length + 1 < to->size) to->text[to->length++] = c;
}
static void pad(struct output* to, char with, size_t length, size_t width) {
  for (; length < width; ++length) put(to, with);
}

/* The parts of %-08lx. */
struct conversion {
  bool left, zeros, alternate;
  size_t width, precision;
  bool has_precision;
  unsigned longs; /* 1: as long as long, which is as long as all that is longer */
  char kind;
};

static const char* read_number(const char* at, size_t* number) {
  for (; *at >= '0' && *at <= '9'; ++at) *number = *number * 10 + (size_t)(*at - '0');
  return at;
}

/* What follows the percent sign; returns what follows the conversion. */
static const char* read_conversion(const char* at, struct conversion* c) {
  for (;; ++at) {
    if (*at == '-') c->left = true;
    else if (*at == '0') c->zeros = true;
    else if (*at == '#') c->alternate = true;
    else if (*at != '+' && *at != ' ') break;
  }
  at = read_number(at, &c->width);
  c->has_precision = *at == '.';
  if (c->has_precision) at = read_number(at + 1, &c->precision);
  for (; *at == 'l' || *at == 'z' || *at == 't' || *at == 'j' || *at == 'h' || *at == 'L'; ++at)
    if (*at != 'h') c->longs = 1;
  c->kind = *at;
  return *at == 0 ? at : at + 1;
}

static void put_text(struct output* to, const struct conversion* c, const char* text) {
  size_t length = 0;
  if (text == 0) text = "(null)";
  while (text[length] != 0 && (!c->has_precision || length < c->precision)) ++length;
  if (!c->left) pad(to, ' ', length, c->width);
  for (size_t i = 0; i < length; ++i) put(to, text[i]);
  if (c->left) pad(to, ' ', length, c->width);
}

static void put_number(struct output* to, const struct conversion* c, unsigned long number,
                       bool negative, unsigned base) {
  char digits[24];
  size_t count = 0;
  const char* const names = c->kind == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
  do digits[count++] = names[number % base];
  while ((number /= base) != 0);
  const bool prefix = c->kind == 'p' || (c->alternate && base == 16);
  const size_t length = count + (negative ? 1 : 0) + (prefix ? 2 : 0);
  if (!c->left && !c->zeros) pad(to, ' ', length, c->width);
  if (negative) put(to, '-');
  if (prefix) put(to, '0');
  if (prefix) put(to, 'x');
  if (!c->left && c->zeros) pad(to, '0', length, c->width);
  while (count > 0) put(to, digits[--count]);
  if (c->left) pad(to, ' ', length, c->width);
}

/* Returns the length of what was written, which is cut off where there is no room. */
size_t sc_format(char* text, size_t size, const char* format, va_list arguments);
size_t sc_format(char* text, size_t size, const char* format, va_list arguments) {
  struct output to = {text, size, 0};
  while (*format != 0) {
    if (*format != '%') {
      put(&to, *format++);
      continue;
    }
    const char* const begin = format;
    struct conversion c = {0};
    format = read_conversion(format + 1, &c);
    if (c.kind == 'd' || c.kind == 'i') {
      const long number = c.longs ? va_arg(arguments, long) : va_arg(arguments, int);
      put_number(&to, &c, number < 0 ? 0 - (unsigned long)number : (unsigned long)number,
                 number < 0, 10);
    } else if (c.kind == 'u' || c.kind == 'x' || c.kind == 'X' || c.kind == 'o') {
      const unsigned long number =
          c.longs ? va_arg(arguments, unsigned long) : va_arg(arguments, unsigned);
      put_number(&to, &c, number, false, c.kind == 'u' ? 10 : c.kind == 'o' ? 8 : 16);
    } else if (c.kind == 'p') {
      put_number(&to, &c, (unsigned long)va_arg(arguments, void*), false, 16);
    } else if (c.kind == 's') {
      put_text(&to, &c, va_arg(arguments, const char*));
    } else if (c.kind == 'c') {
      put(&to, (char)va_arg(arguments, int));
    } else if (c.kind == '%') {
      put(&to, '%');
    } else {
      /* Nobody knows what it takes: the rest stays as it is. */
      for (format = begin; *format != 0; ++format) put(&to, *format);
    }
  }
  if (size > 0) text[to.length] = 0;
  return to.length;
}
