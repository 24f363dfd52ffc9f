// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/slicer/slice.hpp"

#include "tests/kernel_source/c_code.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

using namespace stockcheck::kernel_source;

namespace {

using names = std::vector<std::string>;

constexpr const char* shelves = R"(#include <linux/shelf.h>

/* How much fits. */
#define BATCH 64

struct stock {
	struct shelf *of;
	unsigned int pages;
};

static DEFINE_PER_CPU(struct stock, stocks) = {
	.pages = 0,
};
static DEFINE_MUTEX(unused_lock);

static void drain(struct stock *stock);

static bool consume(struct shelf *shelf, unsigned int n)
{
	struct stock *stock = this_cpu_ptr(&stocks);

	if (n > BATCH || stock->of != shelf)
		return false;
	stock->pages -= n;
	return true;
}

static void unrelated(void)
{
	mutex_lock(&unused_lock);
}

#ifdef CONFIG_TRACE
static void trace(unsigned int n)
{
	trace_pages(n);
}
#else
static inline void trace(unsigned int n) { }
#endif

static void drain(struct stock *stock)
{
	trace(stock->pages);
	uncharge(stock->of, stock->pages);
}

int charge(struct shelf *shelf, unsigned int n)
{
	if (consume(shelf, n))
		return 0;
	drain(this_cpu_ptr(&stocks));
	return refuse(shelf);
}
EXPORT_SYMBOL(charge);
)";

slice cut_text(const std::string& text, const names& wanted, const name_set& provided = {}) {
  return cut(c_file::parse("mm/a.c", text), wanted, provided);
}

name_set names_of(const std::vector<unresolved_name>& unresolved) {
  name_set result;
  for (const unresolved_name& name : unresolved) result.insert(name.name);
  return result;
}

}  // namespace

TEST_CASE("a function is cut with all that it needs of its file, in the file's order") {
  const slice result = cut_text(shelves, {"charge"});
  CHECK(result.functions == names{"consume", "trace", "drain", "charge"});
  CHECK(result.missing.empty());
  const c_file file = c_file::parse("mm/a.c", shelves);
  names cut_names;
  for (const std::size_t i : result.pieces) cut_names.push_back(file.definitions()[i].names.at(0));
  CHECK(cut_names == names{"BATCH", "struct stock", "stocks", "drain", "consume", "trace", "trace",
                           "drain", "charge"});
}

TEST_CASE("each piece stands after its line and within its conditionals") {
  const slice result = cut_text(shelves, {"trace"}, {"bool"});
  CHECK(result.text ==
        "#line 33 \"mm/a.c\"\n"
        "#ifdef CONFIG_TRACE\n"
        "#line 34 \"mm/a.c\"\n"
        "static void trace(unsigned int n)\n{\n\ttrace_pages(n);\n}\n"
        "#line 38 \"mm/a.c\"\n"
        "#else\n"
        "#line 39 \"mm/a.c\"\n"
        "static inline void trace(unsigned int n) { }\n"
        "#endif\n");
  CHECK(result.functions == names{"trace"});
  CHECK(result.conditions == name_set{"CONFIG_TRACE"});
}

TEST_CASE("names that neither the file nor the shim has are told with their first use") {
  const c_file file = c_file::parse("mm/a.c", shelves);
  const slice result = cut(file, names{"charge"}, {"bool", "true", "false", "struct shelf"});
  CHECK(names_of(result.unresolved) ==
        name_set{"DEFINE_PER_CPU", "this_cpu_ptr", "trace_pages", "uncharge", "refuse"});
  const auto found = [&](std::string_view name) {
    return *std::find_if(result.unresolved.begin(), result.unresolved.end(),
                         [&](const auto& entry) { return entry.name == name; });
  };
  CHECK(description_of(file, found("refuse")) == "mm/a.c:53: charge calls refuse");
  CHECK(found("this_cpu_ptr").line == 20);
  CHECK(found("trace_pages").is_conditional);
  CHECK(!found("refuse").is_conditional);
}

TEST_CASE("a provided name is not cut and not followed, unless it is wanted") {
  const slice without = cut_text(shelves, {"charge"}, {"drain"});
  CHECK(without.functions == names{"consume", "charge"});
  CHECK(!names_of(without.unresolved).contains("uncharge"));
  const slice with = cut_text(shelves, {"charge", "drain"}, {"drain"});
  CHECK(with.functions == names{"consume", "trace", "drain", "charge"});
}

TEST_CASE("a wanted function that is not there is missing, also if it is declared") {
  const slice result =
      cut_text("int later(void);\nint f(void) { return later(); }\n", {"f", "gone", "later"});
  CHECK(result.missing == names{"gone", "later"});
  CHECK(result.functions == names{"f"});
  REQUIRE(result.unresolved.size() == 1);
  CHECK(result.unresolved[0].name == "later");
  CHECK(result.unresolved[0].is_declared);
}

TEST_CASE("a function that is only named is followed as one that is called") {
  CHECK(cut_text("void g(int n) { }\nvoid f(void) { run(g); }\n", {"f"}).functions ==
        names{"g", "f"});
}

TEST_CASE("macros are followed, and what undefines them goes along") {
  const slice result = cut_text(
      "static int hidden(void) { return 1; }\n#undef ASK\n#define ASK() hidden()\n"
      "int f(void) { return ASK(); }\n",
      {"f"});
  CHECK(result.functions == names{"hidden", "f"});
  CHECK(result.text.find("#undef ASK") < result.text.find("#define ASK() hidden()"));
}

TEST_CASE("a macro that a conditional asks for is cut if the file defines it") {
  const slice result = cut_text(
      "#define HAVE_IT 1\n#if HAVE_IT && CONFIG_B\nint f(void) { return 1; }\n#endif\n", {"f"});
  CHECK(result.text.find("#define HAVE_IT 1") != std::string::npos);
  CHECK(result.conditions == name_set{"CONFIG_B"});
}

TEST_CASE("nested conditionals are left and entered where they change") {
  const slice result = cut_text(
      "#ifdef A\n#ifdef B\nint b;\n#else /* B */\nint c;\n#endif\nint a;\n#else\nint d;\n#endif\n"
      "int f(void) { return a + b + c + d; }\n",
      {"f"});
  std::string plain;
  for (std::size_t begin = 0; begin < result.text.size();) {
    const std::size_t end = result.text.find('\n', begin) + 1;
    const std::string line = result.text.substr(begin, end - begin);
    if (!line.starts_with("#line")) plain += line;
    begin = end;
  }
  CHECK(plain ==
        "#ifdef A\n#ifdef B\nint b;\n#else /* B */\nint c;\n#endif\nint a;\n#else\nint d;\n#endif\n"
        "int f(void) { return a + b + c + d; }\n");
}

TEST_CASE("pieces that overlap are cut once") {
  const slice result = cut_text(
      "struct s {\n#define FLAG 1\n  int flags;\n};\n"
      "int f(struct s *s)\n#ifdef A\n{ return s->flags & FLAG; }\n#else\n{ return g(s); "
      "}\n#endif\n",
      {"f"}, {"g"});
  CHECK(result.text ==
        "#line 1 \"mm/a.c\"\nstruct s {\n#define FLAG 1\n  int flags;\n};\n"
        "#line 5 \"mm/a.c\"\nint f(struct s *s)\n#ifdef A\n{ return s->flags & FLAG; }\n#else\n"
        "{ return g(s); }\n#endif\n");
  CHECK(result.unresolved.empty());
}

TEST_CASE("a member that a macro takes by its name is not reported") {
  const slice result = cut_text(
      "struct s { int count; };\n"
      "int f(struct s *s) { s->count = 0; return size_with(s, count); }\n",
      {"f"}, {"size_with"});
  CHECK(result.unresolved.empty());
}
