// SPDX-License-Identifier: GPL-2.0-only
// Every form of access that C has is seen: at its address, with its width and kind, from its line.
#include "tests/kernel_source/forms/access_forms.hpp"

#include "kernel_source/compile/compile_error.hpp"
#include "kernel_source/compile/object_audit.hpp"
#include "kernel_source/compile/object_flags.hpp"
#include "kernel_source/compile/relocatable_object.hpp"
#include "kernel_source/compile/shim_files.hpp"
#include "kernel_source/system/file_text.hpp"
#include "kernel_source/system/temporary_directory.hpp"
#include "tests/kernel_source/forms/poisoned_memory.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <dlfcn.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace stockcheck::kernel_source;

struct close_object {
  void operator()(void* handle) const noexcept { dlclose(handle); }
};

class shared_object {
 public:
  explicit shared_object(const std::string& path)
      : handle_(dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL)) {
    REQUIRE_MESSAGE(handle_ != nullptr, dlerror());
  }
  template <class Symbol>
  Symbol* find(const std::string& name) const {
    void* const found = dlsym(handle_.get(), name.c_str());
    REQUIRE(found != nullptr);
    return reinterpret_cast<Symbol*>(found);
  }

 private:
  std::unique_ptr<void, close_object> handle_;
};

/// The compiler that stockcheck is told to use.
class chosen_compiler {
 public:
  explicit chosen_compiler(const char* program) { ::setenv("CC", program, 1); }
  chosen_compiler(const chosen_compiler&) = delete;
  chosen_compiler& operator=(const chosen_compiler&) = delete;
  ~chosen_compiler() { ::unsetenv("CC"); }

  [[nodiscard]] const compiler& get() const { return compiler_; }

 private:
  compiler compiler_{c_language, nullptr};
};

std::string name_of(std::size_t form) { return fmt::format("form_{}", form); }

/// "{'R', offset, size}," for "Rp->w0" and "R8p->w0"; "*p" is the whole of it.
std::string table_entry(const std::string& access) {
  std::size_t at = 1;
  while (std::isdigit(static_cast<unsigned char>(access[at])) != 0) ++at;
  const std::string size = access.substr(1, at - 1);
  const std::string what = access.substr(at);
  return fmt::format("  {{'{}', (char*)&({}) - (char*)p, {}}},\n", access[0], what,
                     size.empty() ? fmt::format("sizeof({})", what) : size);
}

/// The functions, and others that say which accesses are expected: `fill` is called for each.
std::string text_of(const std::vector<access_form>& forms, std::size_t begin, std::size_t end,
                    bool is_gcc) {
  std::string text = memory_of_forms;
  text +=
      "struct access { char kind; unsigned long offset, size; };\n"
      "#define SEEN __attribute__((visibility(\"default\")))\n";
  for (std::size_t i = begin; i < end; ++i) {
    const access_form& form = forms[i];
    text += fmt::format("SEEN long {}(struct big* p, struct big* q, long n) {{\n{}\n}}\n",
                        name_of(i), form.body);
    const std::string& accesses =
        is_gcc && form.of_gcc != same_as_clang ? form.of_gcc : form.accesses;
    std::string entries;
    for (std::size_t at = 0; at < accesses.size();) {
      const std::size_t space = std::min(accesses.find(' ', at), accesses.size());
      entries += table_entry(accesses.substr(at, space - at));
      at = space + 1;
    }
    text += fmt::format(
        "SEEN void accesses_of_{}(struct big* p, struct big* q, struct access* to) {{\n"
        "  (void)q;\n"
        "  struct access all[] = {{\n{}  {{0, 0, 0}}}};\n"
        "  for (unsigned k = 0; k < sizeof all / sizeof *all; ++k) to[k] = all[k];\n}}\n",
        name_of(i), entries);
  }
  return text;
}

/// The values that the forms begin with: no two neighbours are equal, and none is poison.
constexpr const char* first_values = R"(
unsigned long SEEN size_of_memory(void) { return sizeof(struct big); }
void SEEN prepare(struct big* p) {
  unsigned char* const bytes = (unsigned char*)p;
  for (unsigned long i = 0; i < sizeof *p; ++i) bytes[i] = 1 + i * 37 % 120;
  p->f0 = p->f1 = p->f2 = p->f3 = 1;
  p->r0 = 1000.5f; p->r1 = 2000.5f; p->g0 = 3000.5; p->g1 = 4000.5;
}
)";

/// In the place of runtime.c. The compiler's own constructors run before the hooks are there.
constexpr const char* entry = R"(
#include "kernel_source/hooks.h"
static void ran(const void* pc) { (void)pc; }
static const struct sc_hook_table none = {.ran = ran};
const struct sc_hook_table* sc_hooks = &none;
SC_EXPORT void sc_enter(const struct sc_hook_table* table) { sc_hooks = table; }
)";

/// All forms, compiled as the kernel's code is, and as they are without instrumentation.
class compiled_forms {
 public:
  compiled_forms(const std::vector<access_form>& forms, const compiler& with) {
    for (const embedded_file& file : shim_files())
      write_file(directory_.path() / "shim" / file.name, std::string(file.text));
    const std::vector<std::string> plain_flags{"-std=gnu11", "-O0", "-fPIC", "-w"};
    std::vector<std::string> plain;
    std::vector<std::string> seen;
    write_file(directory_.path() / "entry.c", entry);
    for (const char* const file :
         {"entry.c", "shim/stockcheck/instrumentation.c", "shim/stockcheck/string.c"})
      seen.push_back(compile(with, file, "shim", flags_of_shim(flavour::explored, with)));
    for (std::size_t begin = 0; begin < forms.size(); begin += forms_of_unit) {
      const std::string file = fmt::format("forms_{}.c", begin);
      const std::size_t end = std::min(begin + forms_of_unit, forms.size());
      write_file(directory_.path() / file,
                 text_of(forms, begin, end, !with.is_clang()) + (begin == 0 ? first_values : ""));
      seen.push_back(compile(with, file, "seen", flags_of_checked(flavour::explored, with)));
      plain.push_back(compile(with, file, "plain", plain_flags));
    }
    plain_ = link(with, plain, "plain.so");
    seen_ = link(with, seen, "seen.so");
    seen_->find<void(const sc_hook_table*)>("sc_enter")(&poisoning_hooks());
    size_ = plain_->find<unsigned long()>("size_of_memory")();
    memory_.resize(2 * size_ + alignment);
  }

  /// What the code has that nobody announces; of the first forms.
  [[nodiscard]] std::vector<std::string> unseen() const {
    return unseen_in(relocatable_object(directory_.path() / "forms_0.c.seen.o"));
  }

  void check(const access_form& form, std::size_t number) {
    CAPTURE(form.body);
    const std::string name = name_of(number);
    const std::span<char> memory = aligned_memory();
    char* const p = memory.data();
    char* const q = p + size_;
    using function = long(void*, void*, long);
    constexpr long n = 3;

    prepare(p, q);
    const long right = (*plain_->find<function>(name))(p, q, n);
    const std::vector<char> right_memory(memory.begin(), memory.end());

    prepare(p, q);
    begin_poison(memory);
    const long result = (*seen_->find<function>(name))(p, q, n);
    const seen_accesses seen = end_poison();
    CHECK(result == right);
    CHECK(std::ranges::equal(memory, right_memory));

    constexpr std::size_t most = 32;
    std::array<seen_accesses::access, most> table{};
    (*plain_->find<void(void*, void*, seen_accesses::access*)>("accesses_of_" + name))(
        p, q, table.data());
    CHECK(shown(seen.accesses) ==
          shown({table.begin(), std::ranges::find(table, '\0', &seen_accesses::access::kind)}));
    for (const std::string& function_of_line : seen.lines_of) CHECK(function_of_line == name);
  }

 private:
  static constexpr std::size_t forms_of_unit = 50;
  static constexpr std::size_t alignment = 64;

  static std::string shown(const std::vector<seen_accesses::access>& accesses) {
    std::string text;
    for (const auto& [kind, offset, size] : accesses)
      text += fmt::format("{}{}:{} ", kind, offset, size);
    return text;
  }

  std::string compile(const compiler& with, const std::string& file, const std::string& suffix,
                      const std::vector<std::string>& flags) {
    std::string object = fmt::format("{}.{}.o", file, suffix);
    with.compile(directory_.path(), file, object, flags);
    return object;
  }
  std::unique_ptr<shared_object> link(const compiler& with, const std::vector<std::string>& objects,
                                      const std::string& name) {
    const std::filesystem::path result = directory_.path() / name;
    with.link(directory_.path(), objects, result, {"-Wl,-z,defs"});
    return std::make_unique<shared_object>(result.string());
  }

  std::span<char> aligned_memory() {
    const auto begin = reinterpret_cast<std::uintptr_t>(memory_.data());
    return std::span(memory_).subspan((alignment - begin % alignment) % alignment, 2 * size_);
  }
  void prepare(char* p, char* q) const {
    auto* const values = plain_->find<void(void*)>("prepare");
    values(p);
    values(q);
    for (std::size_t i = 0; i < size_; i += 8) ++q[i];
  }

  temporary_directory directory_;
  std::unique_ptr<shared_object> plain_;
  std::unique_ptr<shared_object> seen_;
  std::size_t size_ = 0;
  std::vector<char> memory_;
};

void check_all_forms(const char* program) {
  const chosen_compiler with(program);
  CAPTURE(with.get().version());
  const std::vector<access_form> forms = all_access_forms();
  compiled_forms compiled(forms, with.get());
  for (std::size_t i = 0; i < forms.size(); ++i) compiled.check(forms[i], i);
}

}  // namespace

TEST_CASE("GCC announces each access of each form") { check_all_forms("gcc"); }
TEST_CASE("clang announces each access of each form") { check_all_forms("clang-19"); }

TEST_CASE("what is not announced is found in the compiled code") {
  for (const char* const program : {"gcc", "clang-19"}) {
    CAPTURE(program);
    const chosen_compiler with(program);
    for (const access_form& form : doubtful_access_forms()) {
      compiled_forms compiled({form}, with.get());
      if (compiled.unseen().empty()) compiled.check(form, 0);
    }
    CHECK(compiled_forms({{"return p->w0;", "Rp->w0"}}, with.get()).unseen().empty());
  }
}

TEST_CASE("what is not announced as a plain access does not compile or link") {
  for (const char* const program : {"gcc", "clang-19"}) {
    CAPTURE(program);
    const chosen_compiler with(program);
    for (const std::string& body : refused_access_forms()) {
      CAPTURE(body);
      CHECK_THROWS_AS(compiled_forms({{body, ""}}, with.get()), compile_error);
    }
  }
}
