// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/compile/kept_object.hpp"

#include "kernel_source/source_error.hpp"
#include "kernel_source/system/file_text.hpp"
#include "tests/kernel_source/workshop.hpp"

#include <doctest/doctest.h>

#include <array>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

using namespace stockcheck::kernel_source;
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
  std::vector<std::string> notes;
  const auto kept = [&](const std::string& key) {
    const auto make_and_count = [&](const fs::path& object) {
      ++made;
      make(object);
    };
    return kept_object(shop.at("cache"), key, make_and_count, notes);
  };
  const fs::path object = kept("key");
  CHECK(kept("key") == object);
  CHECK(made == 1);
  CHECK(read_file(object) == "code");
  CHECK(read_file(fs::path(object).replace_extension(".d")) == "note");
  CHECK(kept("other") != object);
  CHECK(made == 2);
}

TEST_CASE("an object that two ask for at once is made by one of them") {
  const workshop shop;
  std::atomic<int> made{0};
  const auto slowly = [&](const fs::path& object) {
    ++made;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    make(object);
  };
  std::array<fs::path, 4> objects;
  {
    std::vector<std::jthread> all;
    for (fs::path& object : objects)
      all.emplace_back([&] {
        std::vector<std::string> notes;
        object = kept_object(shop.at("cache"), "key", slowly, notes);
      });
  }
  CHECK(made == 1);
  for (const fs::path& object : objects) CHECK(object == objects.front());
}

TEST_CASE("nothing is kept of an object that could not be made") {
  const workshop shop;
  const auto make_in_vain = [](const fs::path& object) {
    make(object);
    throw source_error("no");
  };
  std::vector<std::string> notes;
  CHECK(error_of([&] { kept_object(shop.at("cache"), "key", make_in_vain, notes); }) == "no");
  CHECK(fs::is_empty(shop.at("cache") + "/objects"));
}

TEST_CASE("a cache that cannot be used is an error that says what to set") {
  const workshop shop;
  const std::string file = shop.write("file", "no directory");
  std::vector<std::string> notes;
  const std::string message = error_of([&] { kept_object(file, "key", make, notes); });
  CHECK(contains(message, "cannot keep compiled code in " + file));
  CHECK(contains(message, "set XDG_CACHE_HOME to a directory"));
}

namespace {

/// Damages a kept object and says whether it is made anew, with a note, and is whole then.
void is_mended(const std::function<void(const fs::path&)>& damage) {
  const workshop shop;
  std::vector<std::string> notes;
  const fs::path object = kept_object(shop.at("cache"), "key", make, notes);
  require_unchanged(object);
  damage(object);
  CHECK(contains(trouble_of([&] { require_unchanged(object); }), "has changed since it was made"));
  CHECK(notes.empty());
  CHECK(kept_object(shop.at("cache"), "key", make, notes) == object);
  CHECK(notes == std::vector<std::string>{object.string() + " was damaged and is made anew"});
  CHECK(read_file(object) == "code");
  require_unchanged(object);
}

}  // namespace

TEST_CASE("an object that was damaged is made anew, and nobody loads it before") {
  is_mended([](const fs::path& object) { write_file(object, "cOde"); });
  is_mended([](const fs::path& object) { write_file(object, "cod"); });
  is_mended([](const fs::path& object) { write_file(object, ""); });
  is_mended([](const fs::path& object) { fs::remove(fs::path(object).replace_extension(".d")); });
  is_mended(
      [](const fs::path& object) { write_file(fs::path(object).replace_extension(".d"), "nute"); });
}

TEST_CASE("another object in the place of one is not taken for it") {
  const workshop shop;
  std::vector<std::string> notes;
  const fs::path object = kept_object(shop.at("cache"), "key", make, notes);
  const fs::path other = kept_object(
      shop.at("cache"), "other", [](const fs::path& to) { write_file(to, "other"); }, notes);
  fs::copy_file(other, object, fs::copy_options::overwrite_existing);
  CHECK(trouble_of([&] { require_unchanged(object); }) != "nothing was thrown");
  CHECK(kept_object(shop.at("cache"), "key", make, notes) == object);
  CHECK(read_file(object) == "code");
}
