// SPDX-License-Identifier: GPL-2.0-only
#include "harness/objects/scenario_builder.hpp"

#include "tests/kernel_source/workshop.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <map>
#include <string>
#include <vector>

using namespace stockcheck::kernel_source;
using namespace stockcheck::harness;

namespace {

/// The least that a header of scenarios is compiled of, and an algorithm that they include.
tree_files small_model(const std::string& include = "\"model/memcg/algorithm.hpp\"",
                       const std::string& algorithm = "#pragma once\n") {
  return {
      {"checks/base/model_subject.hpp", "#pragma once\n"},
      {"model/atomics/explore_atomics.hpp",
       "#pragma once\n#include <array>\n#include <cstddef>\n"
       "namespace stockcheck {\nstruct explore_atomics {};\nnamespace checks {\n"
       "struct program_entry {};\ntemplate <class> struct model_on {};\n}}\n"},
      {"checks/small.hpp",
       "#pragma once\n#include \"checks/user.hpp\"\n"
       "#include \"model/atomics/explore_atomics.hpp\"\n"
       "namespace stockcheck::checks {\n"
       "struct small_scenarios {\n  template <class> static constexpr std::array<program_entry, 1> "
       "on{};\n};\n}\n"},
      {"checks/smaller.hpp",
       "#pragma once\n#include \"checks/small.hpp\"\nnamespace stockcheck::checks {\n"
       "struct smaller_scenarios : small_scenarios {};\n}\n"},
      {"checks/user.hpp", "#pragma once\n#include " + include + "\n"},
      {"checks/unused.hpp", "#error nobody includes it\n"},
      {"model/memcg/algorithm.hpp", algorithm}};
}

built_scenarios build(const workshop& shop, const tree_files& files) {
  return build_scenarios({.files = files, .headers = {"small"}, .cache = shop.at("cache")});
}

}  // namespace

TEST_CASE(
    "an object is kept until a file changes that it may be made of, however that is included") {
  const workshop shop;
  for (const std::string include : {"\"model/memcg/algorithm.hpp\"", "<model/memcg/algorithm.hpp>",
                                    "\"../model/memcg/algorithm.hpp\"", "STOCKCHECK_TEST_HEADER"}) {
    CAPTURE(include);
    tree_files files = small_model(include);
    files["checks/user.hpp"].insert(
        0, "#define STOCKCHECK_TEST_HEADER \"model/memcg/algorithm.hpp\"\n");
    const built_scenarios built = build(shop, files);
    CHECK(build(shop, files).objects == built.objects);
    CHECK(built.included.contains("model/memcg/algorithm.hpp"));
    CHECK(built.included.contains("checks/small.hpp"));
    CHECK_FALSE(built.included.contains("checks/unused.hpp"));
    // What is kept says again what it is made of.
    CHECK(build(shop, files).included == built.included);

    files["model/memcg/algorithm.hpp"] = "#pragma once\n// Other code.\n";
    CHECK(build(shop, files).objects != built.objects);
  }
}

TEST_CASE("headers are compiled together unless another processor has nothing to do") {
  const workshop shop;
  for (const unsigned processors : {1U, 2U}) {
    CAPTURE(processors);
    std::vector<std::size_t> progress;
    const built_scenarios built =
        build_scenarios({.files = small_model(),
                         .headers = {"small", "smaller"},
                         .processors = processors,
                         .cache = shop.at("cache"),
                         .progress = [&](std::size_t headers) { progress.push_back(headers); }});
    const auto& objects = built.objects;
    CHECK((objects.at("small") == objects.at("smaller")) == (processors == 1));
    CHECK(progress ==
          (processors == 1 ? std::vector<std::size_t>{2} : std::vector<std::size_t>{1, 2}));
  }
}

TEST_CASE("a model that includes files from elsewhere is refused, and not kept") {
  const workshop shop;
  const std::string elsewhere = shop.write("elsewhere.hpp", "#pragma once\n");
  for (const std::string& include : {"\"" + elsewhere + "\"", "<" + elsewhere + ">",
                                     "\"../../../../../../../../" + elsewhere + "\""}) {
    CAPTURE(include);
    for (int times = 0; times < 2; ++times) {
      const std::string error = error_of([&] { build(shop, small_model(include)); });
      CHECK(contains(error, "small includes"));
      CHECK(contains(error, "elsewhere.hpp, which is no file of the model"));
    }
  }
}

TEST_CASE("a model that does not compile is an error with the compiler's words") {
  const workshop shop;
  CHECK(contains(error_of([&] {
                   build(shop,
                         small_model("\"model/memcg/algorithm.hpp\"", "int f() { return x; }"));
                 }),
                 "model/memcg/algorithm.hpp:1"));
}

TEST_CASE("an edit of a file that a header does not include leaves its object as it is") {
  const workshop shop;
  tree_files files = small_model();
  const built_scenarios built = build(shop, files);
  files["checks/unused.hpp"] = "#error still nobody includes it\n";
  CHECK(build(shop, files).objects == built.objects);
}

TEST_CASE("a file of a user's is compiled with those beside it, wherever they lie") {
  const workshop shop;
  const std::string text =
      "#pragma once\n#include \"sizes.hpp\"\n#include \"checks/small.hpp\"\n"
      "using scenarios = stockcheck::checks::small_scenarios;\n";
  const auto build_in = [&](const std::string& directory, const std::string& sizes) {
    const std::string idea = shop.write(directory + "/idea.hpp", text);
    shop.write(directory + "/sizes.hpp", sizes);
    return build_scenarios({.files = small_model(), .headers = {idea}, .cache = shop.at("cache")})
        .objects.at(idea);
  };
  const std::filesystem::path object = build_in("here", "#pragma once\n");
  CHECK(build_in("here", "#pragma once\n") == object);
  CHECK(build_in("there", "#pragma once\n") == object);
  CHECK(build_in("here", "#pragma once\n// Others.\n") != object);
  CHECK(contains(error_of([&] { build_in("here", "int half = 1 / ;\n"); }), "sizes.hpp:1"));
}
