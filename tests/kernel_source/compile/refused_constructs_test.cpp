// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/compile/refused_constructs.hpp"

#include "tests/kernel_source/workshop.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <vector>

using namespace stockcheck::kernel_source;

namespace {

std::vector<std::string> refused_in(const std::string& text) {
  const c_file file = c_file::parse("mm/page_counter.c", text);
  const std::array all{text_range{0, text.size()}};
  return refused_constructs(file, all);
}

void refused(const std::string& text, const std::string& why) {
  CAPTURE(text);
  const std::vector<std::string> lines = refused_in("\n" + text + "\n");
  REQUIRE(lines.size() == 1);
  CAPTURE(lines[0]);
  CHECK(lines[0].starts_with("mm/page_counter.c:2: " + why));
}

void accepted(const std::string& text) {
  CAPTURE(text);
  const std::vector<std::string> lines = refused_in(text + "\n");
  const std::string first = lines.empty() ? "" : lines[0];
  CHECK(first == "");
}

}  // namespace

TEST_CASE("inline assembly is refused in every spelling") {
  const char* const why = "inline assembly that is no compiler barrier";
  refused("void f(long *x) { asm volatile(\"lock incq %0\" : \"+m\"(*x)); }", why);
  refused("void f(void) { __asm__ __volatile__(\"nop\"); }", why);
  refused("void f(void) { __asm(\"\" \"nop\"); }", why);
  refused("asm(\".incbin \\\"/etc/passwd\\\"\");", why);
  refused("int f(void) asm(\"fork\");", why);
  refused("void f(void) { asm goto(\"jmp %l0\" : : : : out); out:; }", why);
  refused("#define TRAP asm(\"int3\")", why);
  refused("void f(void) { as\\\nm(\"nop\"); }", why);
}

TEST_CASE("the compiler barriers of the kernel's headers are accepted") {
  accepted("void f(void) { asm volatile(\"\" ::: \"memory\"); }");
  accepted("void f(void) { __asm__ __volatile__(\"\": : :\"memory\"); }");
  accepted("void f(void *p) { __asm__ __volatile__(\"\": :\"r\"(p) :\"memory\"); }");
  accepted("void f(void) { barrier(); }");
}

TEST_CASE("words in comments, strings and names of files are none") {
  accepted("#include <asm/page.h>");
  accepted("/* asm volatile(\"nop\"), __thread, SC_HERE, #pragma */");
  accepted("const char *f(void) { return \"asm __thread sc_load #pragma\"; }");
  accepted("int section, weak, alias, constructor, optimize;");
}

TEST_CASE("attributes are refused that hide accesses or change which code runs") {
  for (const char* const name :
       {"no_sanitize(\"thread\")", "__no_sanitize_thread__", "constructor", "__constructor__",
        "destructor", "section(\".init_array\")", "weak", "__weak__", "alias(\"g\")",
        "optimize(\"O2\")", "ifunc(\"g\")", "unused, constructor", "unused, section(\"x\")",
        "aligned(8)))  __attribute__((weak", "never_heard_of", "SOME_MACRO"})
    refused("void f(void) __attribute__((" + std::string(name) + "));", "the attribute ");
  refused("[[gnu::weak]] void f(void);", "the attribute weak: it lets other code take its place");
  refused("<:<:gnu::constructor:>:> void f(void);", "the attribute constructor");
  refused("#define __ctor __attribute__((constructor(101)))", "the attribute constructor");
  refused("void f(void) __attribute__ MACRO;", "attributes that a macro names");
}

TEST_CASE("attributes are accepted that change nothing that is seen") {
  accepted("struct a { int b; } __attribute__((packed, aligned(sizeof(long))));");
  accepted("int f(const char *, ...) __attribute__((__format__(printf, 1, 2), __unused__));");
  accepted("[[gnu::unused, deprecated]] static int f(void);");
  accepted("void f(int a[2]) { a[a[1]] = 0; }");
  accepted("void f(void) { switch (1) { case 1: __attribute__((__fallthrough__)); default:; } }");
}

TEST_CASE("memory of one thread is refused") {
  refused("static __thread long calls;", "__thread: ");
  refused("static _Thread_local long calls;", "_Thread_local: ");
}

TEST_CASE("directives are refused that change more than what is compiled") {
  refused("#line 1 \"mm/other.c\"", "#line: ");
  refused("# 1 \"mm/other.c\"", "#1: ");
  refused("#pragma GCC optimize(\"O2\")", "#pragma: ");
  refused("#include_next <stdio.h>", "#include_next: ");
  refused("#li\\\nne 7", "#li");
  refused("%:line 7", "%:: ");
  refused("void f(void) { _Pragma(\"GCC optimize O2\") }", "_Pragma: ");
  accepted("#if 1\n#elif 2\n#else\n#error no\n#endif\n#undef A\n#define A");
}

TEST_CASE("names of the checker, and questions of how the code is compiled, are refused") {
  for (const char* const name : {"SC_HERE", "sc_hooks", "EXPLORE_RELAXED", "explore_site",
                                 "__tsan_write8", "__sanitizer_cov_trace_pc"})
    refused("long f(void) { return (long)&" + std::string(name) + "; }", name);
  for (const char* const name : {"__SANITIZE_THREAD__", "__SANITIZE_ADDRESS__", "__OPTIMIZE__"})
    refused("#ifdef " + std::string(name) + "\n#endif", name);
  refused("#if __has_feature(thread_sanitizer)\n#endif", "__has_feature: ");
  refused("#ifndef SC_SHIM_KERNEL_H\n#endif", "SC_SHIM_KERNEL_H: ");
  accepted("void f(struct scan_control *sc) { sc->nr++; int SCALE, scale, disc_x; }");
}

TEST_CASE("names that are put together are refused") {
  refused("#define JOIN(a, b) a##b", "##: ");
  refused("#define JOIN(a, b) a%:%:b", "%:%:: ");
  accepted("#define NAME(a) #a");
}

TEST_CASE("each place has its line, in the order of the file") {
  const auto lines = refused_in("#pragma a\n\nstatic __thread int x;\n#pragma b\n");
  REQUIRE(lines.size() == 3);
  CHECK(lines[0].starts_with("mm/page_counter.c:1: #pragma"));
  CHECK(lines[1].starts_with("mm/page_counter.c:3: __thread"));
  CHECK(lines[2].starts_with("mm/page_counter.c:4: #pragma"));
}

TEST_CASE("what is not compiled may have anything") {
  const std::string text = "void f(void) { asm(\"nop\"); }\nvoid g(void) { }\n";
  const c_file file = c_file::parse("mm/memcontrol.c", text);
  const std::array second{text_range{text.find("void g"), text.size()}};
  CHECK(refused_constructs(file, second).empty());
}

TEST_CASE("what is refused is thrown, a line for each") {
  CHECK(error_of([] { refuse({}); }) == "nothing was thrown");
  CHECK(error_of([] { refuse({"a:1: x", "a:2: y"}); }) == "a:1: x\na:2: y");
}
