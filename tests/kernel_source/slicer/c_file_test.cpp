// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/slicer/c_file.hpp"

#include "kernel_source/source_error.hpp"
#include "tests/kernel_source/c_code.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace stockcheck::kernel_source;

namespace {

using names = std::vector<std::string>;
using name_list = std::set<std::string>;

/// The only definition of a text.
definition sole(const std::string& text) {
  const c_file file = c_file::parse("a.c", text);
  REQUIRE(file.definitions().size() == 1);
  CHECK(text_of(file, file.definitions()[0]) == text);
  return file.definitions()[0];
}

name_list uses_of(const std::string& text) { return used_names(sole(text)); }

}  // namespace

TEST_CASE("functions, prototypes and variables are told apart and named") {
  const std::vector<std::tuple<std::string, definition_kind, names>> cases{
      {"int total(void) { return 1; }", definition_kind::function, {"total"}},
      {"static struct shelf *next(struct shelf *of) { return of; }",
       definition_kind::function,
       {"next"}},
      {"static __always_inline bool full(int n)\n{ return n; }",
       definition_kind::function,
       {"full"}},
      {"noinline_for_stack void slow(void) { }", definition_kind::function, {"slow"}},
      {"static int __init start(void) { return 0; }", definition_kind::function, {"start"}},
      {"__printf(1, 2) static void tell(const char *f, ...) { }",
       definition_kind::function,
       {"tell"}},
      {"static void drop(void) __releases(lock) { }", definition_kind::function, {"drop"}},
      {"void (*pick(int n))(void) { return 0; }", definition_kind::function, {"pick"}},
      {"SYSCALL_DEFINE1(count, int, n) { return n; }", definition_kind::function, {"count"}},
      {"struct shelf look(void);", definition_kind::prototype, {"look"}},
      {"extern int __must_check put(unsigned long);", definition_kind::prototype, {"put"}},
      {"int a, *b = &a, c[3] = {1, 2};", definition_kind::variable, {"a", "b", "c"}},
      {"struct shelf *root __read_mostly;", definition_kind::variable, {"root"}},
      {"static bool quiet __ro_after_init = true;", definition_kind::variable, {"quiet"}},
      {"static u64 __percpu *__stocks;", definition_kind::variable, {"__stocks"}},
      {"static int (*ask)(struct shelf *, int);", definition_kind::variable, {"ask"}},
      {"static int (*asks[2])(void) = {one, two};", definition_kind::variable, {"asks"}},
      {"typeof(*root) copy;", definition_kind::variable, {"copy"}},
      {"extern int limit;", definition_kind::declared_variable, {"limit"}},
      {"typedef unsigned long pages_t;", definition_kind::type_alias, {"pages_t"}},
      {"typedef void (release_t)(struct shelf *);", definition_kind::type_alias, {"release_t"}},
      {"typedef int (*visit_t)(void);", definition_kind::type_alias, {"visit_t"}},
  };
  for (const auto& [text, kind, expected] : cases) {
    CAPTURE(text);
    const definition found = sole(text);
    CHECK(found.kind == kind);
    CHECK(found.names == expected);
  }
}

TEST_CASE("tags are named with their keyword, and what is declared in them is known") {
  CHECK(sole("struct shelf;").kind == definition_kind::declared_tag);
  CHECK(sole("struct shelf;").names == names{"struct shelf"});
  const definition shelf = sole(
      "struct shelf {\n  int pages;\n  enum { LOW, HIGH = LOW + STEP } level;\n"
      "  struct slot { u8 n; } slots[SLOTS];\n  CACHELINE_PADDING(pad);\n"
      "  union { long a; void (*call)(struct caller *by); };\n} __aligned(LINE) shelves;");
  CHECK(shelf.kind == definition_kind::tag);
  CHECK(shelf.names == names{"struct shelf", "LOW", "HIGH", "struct slot", "shelves"});
  CHECK(used_names(shelf) == name_list{"STEP", "SLOTS", "u8", "CACHELINE_PADDING", "struct caller",
                                       "__aligned", "LINE"});
  CHECK(sole("enum zone { NORMAL, MOVABLE };").names == names{"enum zone", "NORMAL", "MOVABLE"});
}

TEST_CASE("macros that declare variables name them, and other macros name nothing") {
  CHECK(sole("static DEFINE_MUTEX(lock);").names == names{"lock"});
  CHECK(sole("DEFINE_STATIC_KEY_FALSE(key);").names == names{"key"});
  CHECK(sole("static LIST_HEAD(list);").names == names{"list"});
  const definition stock =
      sole("static DEFINE_PER_CPU(struct stock, stocks) = {\n  .lock = INIT_LOCK(lock),\n};");
  CHECK(stock.kind == definition_kind::variable);
  CHECK(stock.names == names{"stocks"});
  CHECK(used_names(stock) == name_list{"DEFINE_PER_CPU", "struct stock", "INIT_LOCK", "lock"});
  CHECK(sole("DECLARE_PER_CPU(int, count);").kind == definition_kind::declared_variable);
  CHECK(sole("DEFINE_FREE(put, struct shelf *, if (_T) put_shelf(_T))").names == names{"put"});
  for (const char* text : {"EXPORT_SYMBOL(total);", "subsys_initcall(start);",
                           "MATCH(flags, bits);", "static_assert(sizeof(int) == 4);"}) {
    CAPTURE(text);
    CHECK(sole(text).kind == definition_kind::invocation);
    CHECK(sole(text).names.empty());
  }
}

TEST_CASE("a macro's use without a semicolon ends at its bracket") {
  const c_file file = c_file::parse(
      "a.c", "TRACE(one)\nint a;\nTRACE(two)\n#define B 1\nlate_initcall(start)\nint c;\n");
  REQUIRE(file.definitions().size() == 6);
  CHECK(text_of(file, file.definitions()[0]) == "TRACE(one)");
  CHECK(text_of(file, only(file, "a")) == "int a;");
}

TEST_CASE("macros reach to the end of their last continued line and comment") {
  const std::string text = "#define SUM(a, b) \\\n  ({ int s = (a) + (b); scale(s, UNIT); })";
  CHECK(sole(text).kind == definition_kind::macro);
  CHECK(sole(text).names == names{"SUM"});
  CHECK(uses_of(text) == name_list{"scale", "UNIT"});
  CHECK(uses_of("#define LOCK(name) spin_lock(&name##_lock)") == name_list{"spin_lock"});
  const c_file empty_last = c_file::parse("a.c", "#define A \\\n  1 \\\n\nint b;\n");
  CHECK(only(empty_last, "A").last_line == 3);
  CHECK(uses_of("#define ONE (1) /* of\n  two lines */").empty());
}

TEST_CASE("members, labels, parameters and local variables are no uses") {
  CHECK(uses_of("static void work(struct shelf *s, int n)\n{\n"
                "  struct slot *slot = s->first, *last;\n  unsigned long flags, used[4];\n"
                "  pages_t total = 0;\n  const struct shelf copy = { .pages = ONE, .next = s };\n"
                "again:\n  for (int i = 0; i < n; i++)\n    slot = pick(s, i);\n"
                "  if (n > total)\n    goto again;\n"
                "  switch (n) {\n  case FEW: {\n    pages_t few = n;\n    use(few);\n  }\n"
                "  default:\n    other(flags, last, used, copy.pages);\n  }\n}") ==
        name_list{"struct shelf", "struct slot", "pages_t", "ONE", "pick", "FEW", "use", "other"});
}

TEST_CASE("a local variable hides a name in its own block alone") {
  CHECK(uses_of("void f(void)\n{\n  {\n    int depth = 1;\n    g(depth);\n  }\n  h(depth);\n}") ==
        name_list{"g", "h", "depth"});
}

TEST_CASE("arguments that name a member are no uses") {
  CHECK(
      uses_of("void f(struct ref *ref)\n{\n"
              "  struct shelf *s = container_of(ref, struct shelf, count);\n"
              "  list_for_each_entry(s, &ref->all, list)\n    kfree_rcu(s, head);\n}") ==
      name_list{"struct ref", "struct shelf", "container_of", "list_for_each_entry", "kfree_rcu"});
}

TEST_CASE("the kernel's scoped clean-up is understood") {
  const definition found = sole(
      "static int f(void)\n{\n  char *text __free(kfree) = read();\n  guard(rcu)();\n"
      "  scoped_guard(spinlock, &lock) {\n    int n = 1;\n    use(n, text);\n  }\n  return 0;\n}");
  std::set<std::string> classes;
  for (const name_use& use : found.uses)
    if (use.form == use_form::cleanup) classes.insert(use.name);
  CHECK(classes == std::set<std::string>{"kfree", "rcu", "spinlock"});
  CHECK(used_names(found) == name_list{"__free", "kfree", "read", "guard", "rcu", "scoped_guard",
                                       "spinlock", "lock", "use"});
}

TEST_CASE("loops that macros make do not end a function early") {
  const c_file file = c_file::parse(
      "a.c",
      "void f(void)\n{\n  int cpu;\n\n  for_each_cpu(cpu) {\n    g(cpu);\n  }\n}\n\nint a;\n");
  CHECK(file.definitions().size() == 2);
  CHECK(only(file, "f").last_line == 8);
}

TEST_CASE("forms tell calls, types, tags and values apart, with their lines") {
  const definition found =
      sole("void f(pages_t n)\n{\n  struct shelf *s;\n  call(value);\n  s = (shelf_t *)n;\n}");
  const auto form_of = [&](std::string_view name) {
    for (const name_use& use : found.uses)
      if (use.name == name) return std::pair{use.form, use.line};
    return std::pair{use_form::condition, 0U};
  };
  CHECK(form_of("pages_t") == std::pair{use_form::type, 1U});
  CHECK(form_of("struct shelf") == std::pair{use_form::tag, 3U});
  CHECK(form_of("call") == std::pair{use_form::call, 4U});
  CHECK(form_of("value") == std::pair{use_form::value, 4U});
  CHECK(form_of("shelf_t") == std::pair{use_form::type, 5U});
}

TEST_CASE("code in every branch of a conditional is read") {
  const c_file file = c_file::parse(
      "a.c", "#ifdef BIG\nint a;\n#elif defined(SMALL)\nint b;\n#else\nint c;\n#endif\nint d;\n");
  CHECK(file.definitions().size() == 4);
  CHECK(file.branches_around(only(file, "b")) == std::vector<c_file::branch>{{0, 1}});
  CHECK(file.branches_around(only(file, "d")).empty());
  CHECK(file.is_conditional(only(file, "c").begin));
  CHECK(!file.is_conditional(only(file, "d").begin));
}

TEST_CASE("a conditional that parts a definition belongs to it as a whole") {
  const std::string two_heads =
      "#ifdef BIG\nint f(int a)\n#else\nint f(void)\n#endif\n{\n  return g();\n}";
  const c_file heads = c_file::parse("a.c", two_heads + "\nint z;\n");
  CHECK(text_of(heads, only(heads, "f")) == two_heads);

  const std::string two_bodies =
      "int f(void)\n#ifdef BIG\n{ return g(); }\n#else\n{ return h(); }\n#endif";
  const c_file bodies = c_file::parse("a.c", two_bodies + "\nint z;\n");
  REQUIRE(bodies.find("f").size() == 2);
  for (const std::size_t i : bodies.find("f"))
    CHECK(text_of(bodies, bodies.definitions()[i]) == two_bodies);

  const std::string braces =
      "void f(int n)\n{\n#ifdef BIG\n  if (n) {\n#else\n  if (!n) {\n#endif\n    g();\n  }\n}";
  const c_file odd = c_file::parse("a.c", braces + "\nint z;\n");
  CHECK(text_of(odd, only(odd, "f")) == braces);
  CHECK(text_of(odd, only(odd, "z")) == "int z;");
  CHECK(used_names(only(odd, "f")) == name_list{"g", "BIG"});
}

TEST_CASE("an include guard is no conditional") {
  const c_file file =
      c_file::parse("a.h", "/* A header. */\n#ifndef A_H\n#define A_H\n\nint a;\n\n#endif\n");
  CHECK(file.branches_around(only(file, "a")).empty());
  CHECK(!file.is_conditional(only(file, "a").begin));
}

TEST_CASE("comments and strings hide what they hold") {
  CHECK(uses_of("void f(void)\n{\n  g(\"} x(\"); /* h(); } */\n  // i();\n}") == name_list{"g"});
}

TEST_CASE("a line has its innermost definition") {
  const c_file file = c_file::parse(
      "a.c", "int a;\n\nstruct s {\n#define FLAG 1\n  int flags;\n};\n\nvoid f(void)\n{\n}\n");
  REQUIRE(file.at_line(9) != nullptr);
  CHECK(file.at_line(9)->names == names{"f"});
  CHECK(file.at_line(4)->names == names{"FLAG"});
  CHECK(file.at_line(5)->names == names{"struct s"});
  CHECK(file.at_line(2) == nullptr);
  CHECK(file.at_line(11) == nullptr);
}

TEST_CASE("text that is no C is read without harm") {
  for (const char* text : {"",
                           "}",
                           "}}} )))",
                           "int f(",
                           "#if A\n#else\nint",
                           "\"",
                           "'",
                           "/*",
                           "#",
                           "#define",
                           "#endif",
                           "struct {",
                           "void f(void) {",
                           "= = ;",
                           "\\",
                           "a(*",
                           "#define A(",
                           "typedef",
                           "guard(",
                           "__free(",
                           "x = {",
                           "enum {A(",
                           "\xff"}) {
    CAPTURE(text);
    CHECK_NOTHROW(c_file::parse("a.c", text));
  }
}

TEST_CASE("brackets nested too deep are an error with the line") {
  CHECK_THROWS_WITH_AS(c_file::parse("mm/a.c", "int a =\n" + std::string(1000, '(') + ";"),
                       "mm/a.c:2: brackets are nested more than 500 deep", source_error);
}
