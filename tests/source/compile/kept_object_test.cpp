#include "source/compile/kept_object.hpp"

#include "source/source_error.hpp"
#include "source/system/file_text.hpp"
#include "tests/source/workshop.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <initializer_list>
#include <string>
#include <string_view>

using namespace stockcheck::source;
namespace fs = std::filesystem;

namespace {

std::string key_of(std::initializer_list<std::string_view> texts) {
  content_key key;
  for (const std::string_view text : texts) key.add(text);
  return key.text();
}

/// Writes an object and the note beside it.
void make(const fs::path& object) {
  write_file(object, "code");
  write_file(fs::path(object).replace_extension(".d"), "note");
}

}  // namespace

TEST_CASE("a key tells texts apart, their order, and where each ends") {
  CHECK(key_of({"a", "b"}) == key_of({"a", "b"}));
  CHECK(key_of({"a", "b"}) != key_of({"b", "a"}));
  CHECK(key_of({"ab", "c"}) != key_of({"a", "bc"}));
  CHECK(key_of({"a", ""}) != key_of({"a"}));
  CHECK(key_of({"a"}).size() == 32);
}

TEST_CASE("an object is made once and kept with its note") {
  const workshop shop;
  int made = 0;
  const auto kept = [&](const std::string& key) {
    return kept_object(shop.at("cache"), key, [&](const fs::path& object) {
      ++made;
      make(object);
    });
  };
  const fs::path object = kept("key");
  CHECK(kept("key") == object);
  CHECK(made == 1);
  CHECK(read_file(object) == "code");
  CHECK(read_file(fs::path(object).replace_extension(".d")) == "note");
  CHECK(kept("other") != object);
  CHECK(made == 2);
}

TEST_CASE("nothing is kept of an object that could not be made") {
  const workshop shop;
  CHECK(error_of([&] {
          kept_object(shop.at("cache"), "key", [](const fs::path& object) {
            make(object);
            throw source_error("no");
          });
        }) == "no");
  CHECK(fs::is_empty(shop.at("cache") + "/objects"));
}

TEST_CASE("a cache that cannot be used is an error that says what to set") {
  const workshop shop;
  const std::string file = shop.write("file", "no directory");
  const std::string message = error_of([&] { kept_object(file, "key", make); });
  CHECK(contains(message, "cannot keep compiled code in " + file));
  CHECK(contains(message, "set XDG_CACHE_HOME to a directory"));
}
