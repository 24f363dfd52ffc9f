// SPDX-License-Identifier: GPL-2.0-only
// What explore_atomics reports of the lifetime of objects.
#include "tests/model/atomics/exploration.hpp"

#include <doctest/doctest.h>

namespace {

using namespace stockcheck;
using explore::finding_kind;
using tests::explore_all;
using tests::explored_suite;
using policy = explore_atomics;

struct use_after_destroy : explored_suite<1> {
  void task(std::size_t) override {
    auto* const object = policy::make<policy::atomic<int>>(1);
    policy::destroy(object);
    object->store(2, order::relaxed);
  }
};
struct use_against_destroy : explored_suite<2> {
  policy::atomic<int>* object = policy::make<policy::atomic<int>>(1);
  void task(std::size_t number) override {
    if (number == 0)
      policy::destroy(object);
    else
      object->store(2, order::relaxed);
  }
};
struct use_of_a_destroyed_array : explored_suite<2> {
  policy::atomic<int>* objects = policy::make_array<policy::atomic<int>>(2);
  void task(std::size_t number) override {
    if (number == 0)
      policy::destroy_array(objects, 2);
    else
      objects[1].store(2, order::relaxed);
  }
};
struct destroyed_twice : explored_suite<1> {
  void task(std::size_t) override {
    int* const object = policy::make<int>(1);
    policy::destroy(object);
    policy::destroy(object);
  }
};
struct never_destroyed : explored_suite<1> {
  void task(std::size_t) override { static_cast<void>(policy::make<int>(1)); }
};
struct lives_and_dies : explored_suite<1> {
  void task(std::size_t) override {
    policy::destroy(policy::make<policy::atomic<int>>(1));
    policy::destroy_array(policy::make_array<policy::atomic<int>>(3), 3);
  }
};
/// The object is published by a relaxed store: nothing orders its making before its use.
struct unpublished : explored_suite<2> {
  policy::atomic<policy::atomic<int>*> pointer;
  void task(std::size_t number) override {
    if (number == 0) {
      pointer.store(policy::make<policy::atomic<int>>(1), order::relaxed);
    } else if (auto* const object = pointer.load(order::relaxed)) {
      static_cast<void>(object->load(order::relaxed));
    }
  }
  void settle() override { policy::destroy(pointer.load(order::relaxed)); }
};

TEST_CASE("explored: using an object after its destruction is found") {
  CHECK(explore_all<use_after_destroy>().found(finding_kind::use_after_free));
  CHECK(explore_all<use_against_destroy>().found(finding_kind::use_after_free));
  CHECK(explore_all<use_of_a_destroyed_array>().found(finding_kind::use_after_free));
}
TEST_CASE("explored: destroying an object twice is found") {
  CHECK(explore_all<destroyed_twice>().found(finding_kind::double_free));
}
TEST_CASE("explored: an object that is never destroyed is found, one that is destroyed is not") {
  CHECK(explore_all<never_destroyed>().found(finding_kind::leak));
  CHECK(explore_all<lives_and_dies>().is_proof());
}
TEST_CASE("explored: using an object that was not published is found") {
  CHECK(explore_all<unpublished>().found(finding_kind::unpublished));
}

}  // namespace
