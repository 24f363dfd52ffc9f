// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/compile/object_audit.hpp"

#include "tests/kernel_source/workshop.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <utility>
#include <vector>

using namespace stockcheck::kernel_source;

namespace {

/// How the kernel's code is compiled.
std::vector<std::string> flags_for(const std::string& compiler) {
  std::vector<std::string> flags{"-std=gnu11",
                                 "-g",
                                 "-fPIC",
                                 "-O0",
                                 "-fno-builtin",
                                 "-fno-jump-tables",
                                 "-fno-stack-protector",
                                 "-fsanitize=thread",
                                 "-fsanitize-coverage=trace-pc"};
  const std::vector<std::string> own =
      compiler.starts_with("clang")
          ? std::vector<std::string>{"-mllvm", "-tsan-instrument-func-entry-exit=0",
                                     "-mllvm", "-tsan-instrument-read-before-write=1",
                                     "-mllvm", "-tsan-instrument-memintrinsics=1"}
          : std::vector<std::string>{"--param", "tsan-instrument-func-entry-exit=0"};
  flags.insert(flags.end(), own.begin(), own.end());
  return flags;
}

constexpr const char* types = R"(
struct s { long a, b, c, d, e; int x; char y; short z; };
void *memcpy(void *, const void *, unsigned long);
long by_value(struct s v);
)";

/// What is not seen in a text, whose lines are counted from 1.
std::string unseen_by(const std::string& compiler, const std::string& text) {
  const workshop shop;
  std::vector<std::string> arguments{
      compiler, "-c", "-o", shop.at("x.o"),
      shop.write("x.c", types + std::string("#line 1 \"x.c\"\n") + text)};
  const std::vector<std::string> flags = flags_for(compiler);
  arguments.insert(arguments.end(), flags.begin(), flags.end());
  shop.run(std::move(arguments));
  std::string lines;
  for (const std::string& line : unseen_in(relocatable_object(shop.at("x.o"))))
    lines += line + "\n";
  return lines;
}

constexpr std::array compilers{"gcc", "clang-19"};

}  // namespace

TEST_CASE("accesses that the compiler announces are seen") {
  for (const char* const compiler : compilers) {
    CAPTURE(compiler);
    CHECK(unseen_by(compiler, R"(
void plain(struct s *p, struct s *q) { p->a = q->b; p->x++; p->y |= 2; p->z += p->x; }
long array(long *p, int i) { return p[i] + p[i + 1]; }
void copy(struct s *p, struct s *q) { *p = *q; }
void zero(struct s *p) { *p = (struct s){0}; }
int adjacent(struct s *p) { return p->a || p->b ? p->x : p->y; }
long local(long *p) { struct s mine = {1}; long *at = &mine.b; *at = *p; return mine.b + mine.e; }
double floating(double *p, float *q) { *p += *q; return *p; }
__int128 wide(__int128 *p) { return *p += 1; }
void pointer(long **p) { **p = 1; }
static long counter; static const long constant[4] = {1, 2, 3, 4};
long variable(int i) { return ++counter + constant[2]; }
_Bool truth(_Bool *p) { *p = !*p; return *p; }
int choice(int i) {
  switch (i) { case 0: return 4; case 1: return 7; case 2: return 1; case 3: return 9; case 4: return 2; }
  return 0;
}
)") == "");
  }
}

TEST_CASE("what is not announced is told, with its line, its function and what it does") {
  struct form {
    std::string text;
    std::string said;
  };
  for (const char* const compiler : compilers)
    for (const form& of : std::vector<form>{
             {"\nvoid f(long *p) { __asm__ volatile(\"movq $1, %0\" : \"=m\"(*p)); }",
              "x.c:2: f() writes 8 bytes of memory in a way that is not seen"},
             {"long f(long *p) { long r; __asm__(\"movq (%1), %0\" : \"=r\"(r) : \"r\"(p)); return "
              "r; }",
              "x.c:1: f() reads 8 bytes of memory"},
             {"__attribute__((no_sanitize(\"thread\"))) int f(int *p) { return *p; }",
              "x.c:1: f() reads 4 bytes of memory"},
             {"long f(struct s *p) { return by_value(*p); }", "x.c:1: f() reads "},
             {"void f(long *p) { __asm__(\"lock incq %0\" : \"+m\"(*p)); }",
              "x.c:1: f() has a locked instruction"},
             {"void f(void) { __asm__ volatile(\"syscall\" : : \"a\"(60)); }",
              "x.c:1: f() has the instruction syscall"},
             {"long f(void) { long r; __asm__(\"movq %%fs:0, %0\" : \"=r\"(r)); return r; }",
              "x.c:1: f() reads 8 bytes of memory"},
             {"void f(void *a, void *b) { memcpy(a, b, 64); }",
              "x.c:1: f() calls memcpy(), whose accesses are not seen"},
             {"__thread long mine; long f(void) { return mine; }",
              "the compiled code has a section .tbss"},
             {"long mine __attribute__((section(\"elsewhere\"))) = 1;",
              "the compiled code has a section elsewhere"}}) {
      CAPTURE(compiler);
      CAPTURE(of.text);
      const std::string lines = unseen_by(compiler, of.text + "\n");
      CAPTURE(lines);
      CHECK(contains(lines, of.said));
    }
}

TEST_CASE("what is no object is no object") {
  const workshop shop;
  const std::string file = shop.write("x.o", "nothing");
  CHECK(contains(trouble_of([&] { relocatable_object{file}; }), "the compiler made no object"));
}
