// SPDX-License-Identifier: GPL-2.0-only
// The kernel's own code, compiled for real threads.
#include "kernel_source/compile/object_builder.hpp"
#include "kernel_source/run/kernel_object.hpp"
#include "kernel_source/run/kernel_structure.hpp"
#include "kernel_source/run/threaded_memory.hpp"
#include "kernel_source/tree/kernel_tree.hpp"
#include "kernel_source/tree/scratch_tree.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>

namespace {

using namespace stockcheck;
using namespace stockcheck::kernel_source;

/// The object of an installed kernel.
std::filesystem::path object_of(const char* version, flavour of) {
  const auto tree = open_kernel_tree({.tree = version, .cache = STOCKCHECK_TEST_CACHE});
  const scratch_tree copy(*tree, checked_files());
  tree_files files;
  for (const std::string& path : checked_files())
    if (copy.has(path)) files[path] = copy.read(path);
  const built_object built =
      build_object({.files = files, .flavour = of, .cache = STOCKCHECK_TEST_CACHE});
  CHECK(built.lacks.empty());
  return built.path;
}

/// Real threads without any accesses in the table.
class no_table final : public platform {
 public:
  [[nodiscard]] const sc_hook_table& hooks() const override {
    static const sc_hook_table table = [] {
      sc_hook_table all = threaded_platform().hooks();
      all.load = nullptr;
      all.store = nullptr;
      all.rmw = nullptr;
      all.cas = nullptr;
      all.fence = nullptr;
      return all;
    }();
    return table;
  }
  void name(const void*, std::size_t, const char*, const char*) override {}
  call_mark begin_call() override { return {}; }
  void end_call(const call_mark&) override {}
  [[nodiscard]] unsigned task() const override { return 0; }
  void expect(bool, oracle, const char*, facts, const explore_site*) override {}
};

struct alignas(64) counter_memory : std::array<std::byte, 1024> {};

TEST_CASE("accesses are instructions of the object, and atomic") {
  for (const char* version : {"6.1", "6.12"}) {
    CAPTURE(version);
    no_table on;
    const kernel_object loaded(object_of(version, flavour::native), on);
    const sc_page_counter& kernel = loaded.page_counter();
    counter_memory root{};
    counter_memory child{};
    REQUIRE(kernel.size <= root.size());
    kernel.init(root.data(), nullptr, false);
    kernel.init(child.data(), root.data(), false);
    CHECK(kernel.set_max(root.data(), 4) == 0);
    void* fail = nullptr;
    CHECK(kernel.try_charge(child.data(), 4, &fail));
    CHECK_FALSE(kernel.try_charge(child.data(), 1, &fail));
    CHECK(fail == root.data());
    CHECK(kernel.read(root.data()) == 4);

    constexpr int times = 50000;
    const auto works = [&] {
      for (int i = 0; i < times; ++i) {
        kernel.charge(child.data(), 3);
        kernel.uncharge(child.data(), 2);
      }
    };
    {
      const std::jthread other(works);
      works();
    }
    CHECK(kernel.read(root.data()) == 4 + 2 * times);
    CHECK(kernel.read(child.data()) == 4 + 2 * times);
  }
}

TEST_CASE("both compilers name files as they are in the tree") {
  for (const char* compiler : {"gcc", "clang-19"}) {
    CAPTURE(compiler);
    ::setenv("CC", compiler, 1);
    no_table on;
    kernel_object loaded(object_of("6.12", flavour::native), on);
    ::unsetenv("CC");
    const auto* const function = reinterpret_cast<const void*>(loaded.page_counter().charge);
    CHECK(std::string(loaded.lines().file_of_function_at(function)) ==
          "shim/stockcheck/page_counter.c");
  }
}

TEST_CASE("objects of both kinds are kept side by side") {
  CHECK(object_of("6.12", flavour::native) != object_of("6.12", flavour::explored));
  CHECK(object_of("6.12", flavour::native) == object_of("6.12", flavour::native));
}

}  // namespace
