// SPDX-License-Identifier: GPL-2.0-only
#include "tests/kernel_source/forms/access_forms.hpp"

#include <fmt/format.h>

#include <array>

namespace stockcheck::kernel_source {

const char* const memory_of_forms = R"(
#include <stdbool.h>
#include <stdint.h>
typedef uint8_t u8; typedef uint16_t u16; typedef uint32_t u32; typedef uint64_t u64;
struct pair { u32 a, b; };
struct triple { u64 a, b, c; };
struct large { u64 a[20]; };
struct __attribute__((packed)) odd { u8 x; u32 y; u64 z; u16 w; };
struct bits { unsigned a : 3, b : 9; };
union either { u64 whole; u32 half[2]; u8 byte[8]; };
struct big {
  u8 b0, b1; int8_t c0, c1;
  u16 h0, h1; int16_t i0, i1;
  u32 w0, w1; int32_t x0, x1;
  u64 d0, d1; long l0, l1;
  bool f0, f1, f2, f3;
  volatile u32 v0, v1; volatile u8 v2, v3; volatile u64 v4, v5;
  float r0, r1; double g0, g1;
  void *t0, *t1;
  __int128 q0, q1;
  u32 words[8]; u8 bytes[8]; char text[32];
  struct pair pair, pair2; struct triple triple, triple2; struct large large;
  struct odd odd, odd2;
  union either e0, e1;
  struct bits bits;
} __attribute__((aligned(64)));
static inline long first_of(struct large of) { return of.a[0]; }
static inline struct triple some_triple(struct big* of) { return of->triple; }
)";

namespace {

/// Two neighbours of one type.
struct members {
  const char* first;
  const char* second;
  bool is_integer = true;
};

constexpr std::array all_members{
    members{"p->b0", "p->b1"},
    members{"p->c0", "p->c1"},
    members{"p->h0", "p->h1"},
    members{"p->i0", "p->i1"},
    members{"p->w0", "p->w1"},
    members{"p->x0", "p->x1"},
    members{"p->d0", "p->d1"},
    members{"p->l0", "p->l1"},
    members{"p->f0", "p->f1"},
    members{"p->v0", "p->v1"},
    members{"p->v2", "p->v3"},
    members{"p->v4", "p->v5"},
    members{"p->r0", "p->r1", false},
    members{"p->g0", "p->g1", false},
    members{"p->q0", "p->q1"},
    members{"p->words[2]", "p->words[3]"},
    members{"p->bytes[2]", "p->bytes[3]"},
    members{"p->pair.a", "p->pair.b"},
    members{"p->odd.y", "p->odd.z"},
    members{"p->odd.w", "p->odd.x"},
    members{"p->e0.half[0]", "p->e0.half[1]"},
    members{"p->e0.byte[5]", "p->e0.byte[6]"},
};

/// %1 and %2 stand for the members.
struct operation {
  const char* body;
  const char* accesses;
  bool of_integers = false;
};

constexpr std::array all_operations{
    operation{"return %1;", "R%1"},
    operation{"return %1 + %2;", "R%1 R%2"},
    operation{"%1 = n; return 0;", "W%1"},
    operation{"%1 = 0; %2 = 0; return 0;", "W%1 W%2"},
    operation{"%1 = %2; return 0;", "R%2 W%1"},
    operation{"%1++; return 0;", "R%1 W%1"},
    operation{"--%1; return 0;", "R%1 W%1"},
    operation{"%1 += n; return %2;", "R%1 W%1 R%2"},
    operation{"%1 |= n; %2 ^= 1; return 0;", "R%1 W%1 R%2 W%2", true},
    operation{"return %1 || %2;", "R%1"},
    operation{"return %1 && %2;", "R%1 R%2"},
    operation{"return !%1 && %2 == 1;", "R%1"},
    operation{"return %1 == 0 || %1 == n;", "R%1 R%1"},
    operation{"return n ? %1 : %2;", "R%1"},
    operation{"%1 = n; return %1;", "W%1 R%1"},
    operation{"%1 = 1; %1 = n; return 0;", "W%1 W%1"},
    operation{"if (n > 2) %1 = 5; else %1 = 6; return 0;", "W%1"},
    operation{"long s = 0; for (int k = 0; k < 2; ++k) s += %1; return s;", "R%1 R%1"},
};

std::string with_members(std::string text, const members& of) {
  for (const auto& [mark, name] : {std::pair{"%1", of.first}, std::pair{"%2", of.second}})
    for (std::size_t at = 0; (at = text.find(mark)) != std::string::npos;)
      text.replace(at, 2, name);
  return text;
}

/// Lists the forms that are no combination of an operation with members.
std::vector<access_form> special_forms() {
  return {
      // Pointers.
      {"p->t0 = q; return p->t0 == q;", "Wp->t0 Rp->t0"},
      {"p->t0 = p->t1; return 0;", "Rp->t1 Wp->t0"},
      {"u32* m = &p->w0; *m += 2; return *m;", "Rp->w0 Wp->w0 Rp->w0"},
      // Arrays.
      {"return p->words[n];", "Rp->words[3]"},
      {"p->words[n] = p->words[n + 1]; return 0;", "Rp->words[4] Wp->words[3]"},
      {"for (long k = 0; k < n; ++k) p->words[k] = 0; return 0;",
       "Wp->words[0] Wp->words[1] Wp->words[2]"},
      {"for (long k = 0; k < 2; ++k) p->words[k] = q->words[k]; return 0;",
       "Rq->words[0] Wp->words[0] Rq->words[1] Wp->words[1]"},
      {"p->bytes[0] = n; p->bytes[1] = n >> 8; return 0;", "Wp->bytes[0] Wp->bytes[1]"},
      // Chains.
      {"p->w0 = p->w1 = n; return 0;", "Wp->w1 Wp->w0", "Wp->w1 Rp->w1 Wp->w0"},
      {"return p->w0 < p->w1 ? p->w0 : p->w1;", "Rp->w0 Rp->w1 Rp->w0", "Rp->w1 Rp->w0"},
      {"p->w0; return 0;", "Rp->w0", ""},
      {"(void)p->v0; return 0;", "Rp->v0"},
      {"return p->w0 * 0;", "Rp->w0", ""},
      // Unions.
      {"p->e0.whole = n; return p->e0.half[0];", "Wp->e0.whole Rp->e0.half[0]"},
      {"p->e0 = p->e1; return 0;", "Rp->e1 Wp->e0"},
      // Structures.
      {"p->pair = q->pair; return 0;", "Rq->pair Wp->pair"},
      {"p->pair = p->pair2; return 0;", "Rp->pair2 Wp->pair"},
      {"p->triple = q->triple; return 0;", "Rq->triple Wp->triple"},
      {"p->odd = q->odd; return 0;", "Rq->odd Wp->odd"},
      {"struct triple t = q->triple; return t.b;", "Rq->triple"},
      {"struct triple t = {1, 2, n}; p->triple = t; return 0;", "Wp->triple"},
      {"struct pair t = {1, n}; p->pair = t; return 0;", "Wp->pair"},
      {"p->triple = (struct triple){0}; return 0;", "Wp->triple"},
      {"p->pair = (struct pair){0}; return 0;", "Wp->pair"},
      {"p->triple = (struct triple){.b = n}; return 0;", "Wp->triple", "Wp->triple Wp->triple.b"},
      {"*p = *q; return 0;", "R*q W*p"},
      // Memory functions, of constant and of variable length.
      {"memset(&p->w0, 0, sizeof p->w0); return 0;", "Wp->w0"},
      {"memset(&p->w0, 0, 8); return 0;", "W8p->w0"},
      {"memset(&p->triple, n, sizeof p->triple); return 0;", "Wp->triple"},
      {"memset(p->bytes, 1, n); return 0;", "W3p->bytes[0]"},
      {"memset(p->bytes, 1, n - 3); return 0;", ""},
      {"memcpy(&p->d0, &q->d0, 8); return 0;", "Rq->d0 Wp->d0"},
      {"memcpy(&p->triple, &q->triple, 8 * n); return 0;", "Rq->triple Wp->triple"},
      {"memcpy(p->text, q->bytes, n); return 0;", "R3q->bytes[0] W3p->text[0]"},
      {"long l; memcpy(&l, &p->l0, sizeof l); return l;", "Rp->l0"},
      {"memmove(&p->bytes[1], &p->bytes[0], 6); return 0;", "R6p->bytes[0] W6p->bytes[1]"},
      {"memmove(&p->bytes[0], &p->bytes[1], n); return 0;", "R3p->bytes[1] W3p->bytes[0]"},
      {"return memcmp(&p->triple, &q->triple, 8 * n) < 0;", "Rp->triple Rq->triple"},
      {"return memcmp(&p->w0, &p->w1, 4) < 0;", "Rp->w0 Rp->w1"},
      {"__builtin_memset(&p->triple, 0, 24); return 0;", "Wp->triple"},
      {"__builtin_memset(p->bytes, 0, n); return 0;", "W3p->bytes[0]"},
      {"__builtin_memcpy(&p->triple, &q->triple, 24); return 0;", "Rq->triple Wp->triple"},
      {"__builtin_memmove(&p->d0, &p->d1, 8); return 0;", "Rp->d1 Wp->d0"},
      {"return __builtin_memcmp(&p->d0, &p->d1, 8) < 0;", "Rp->d0 Rp->d1"},
      // Texts.
      {"p->text[2] = 0; return strlen(p->text);",
       "Wp->text[2] Rp->text[0] Rp->text[1] Rp->text[2]"},
      {"p->text[1] = 0; return __builtin_strlen(p->text);", "Wp->text[1] Rp->text[0] Rp->text[1]"},
      {"return strnlen(p->text, 2);", "Rp->text[0] Rp->text[1]"},
      {"return strncmp(p->text, q->text, 1) < 0;", "Rp->text[0] Rq->text[0]"},
      {"p->text[0] = 'a'; return strcmp(p->text, \"b\") < 0;", "Wp->text[0] Rp->text[0]"},
      {"strcpy(p->text, \"a\"); return 0;", "Wp->text[0] Wp->text[1]"},
      {"strncpy(p->text, \"a\", 3); return 0;", "Wp->text[0] Wp->text[1] Wp->text[2]"},
      {"return strchr(p->text, p->text[1]) - p->text;", "Rp->text[1] Rp->text[0] Rp->text[1]"},
      {"return (char*)memchr(p->text, 0, 2) == 0;", "Rp->text[0] Rp->text[1]"},
      // Unaligned.
      {"return *(u32*)&p->bytes[1];", "R4p->bytes[1]"},
      {"*(u64*)&p->text[3] = n; return 0;", "W8p->text[3]"},
  };
}

}  // namespace

std::vector<access_form> all_access_forms() {
  std::vector<access_form> forms = special_forms();
  for (const members& of : all_members)
    for (const operation& does : all_operations)
      if (of.is_integer || !does.of_integers)
        forms.push_back({with_members(does.body, of), with_members(does.accesses, of)});
  return forms;
}

std::vector<access_form> doubtful_access_forms() {
  return {
      {"return p->bits.b;", "R2p->bits"},
      {"p->bits.b = n; return 0;", "R2p->bits W2p->bits"},
      {"return first_of(p->large);", "Rp->large"},
      {"p->triple = some_triple(q); return 0;", "Rq->triple Wp->triple"},
      {"__asm__ volatile(\"incl %0\" : \"+m\"(p->w0)); return 0;", "Rp->w0 Wp->w0"},
      {"__asm__ volatile(\"incl (%0)\" : : \"r\"(&p->w0) : \"memory\"); return 0;",
       "Rp->w0 Wp->w0"},
  };
}

std::vector<std::string> refused_access_forms() {
  return {"return __atomic_load_n(&p->w0, __ATOMIC_ACQUIRE);",
          "__atomic_store_n(&p->d0, n, __ATOMIC_RELEASE); return 0;",
          "return __atomic_fetch_add(&p->b0, n, __ATOMIC_SEQ_CST);",
          "return __atomic_load_n(&p->q0, __ATOMIC_RELAXED);",
          "return __sync_fetch_and_or(&p->w1, n);",
          "return __sync_bool_compare_and_swap(&p->d1, 1, n);",
          "(*(_Atomic u32*)&p->w0)++; return 0;",
          "char of_that_length[n]; of_that_length[0] = p->b0; return of_that_length[0];"};
}

}  // namespace stockcheck::kernel_source
