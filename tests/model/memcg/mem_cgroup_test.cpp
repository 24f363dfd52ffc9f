// SPDX-License-Identifier: GPL-2.0-only
// struct mem_cgroup: counters, ancestors and references, one task at a time.
#include "model/memcg/mem_cgroup.hpp"

#include "tests/model/recording_atomics.hpp"

#include <doctest/doctest.h>

#include <string>

namespace {

using namespace stockcheck;
using tests::recording;
using policy = tests::recording_atomics;
using group = memcg::mem_cgroup<policy>;

std::string failure() {
  const auto& failed = recording::current().failed;
  return failed.empty() ? "" : failed.back().what;
}

TEST_CASE("a group is charged and uncharged with its ancestors") {
  recording::clear();
  group root(nullptr, "root");
  group child(&root, "child");
  child.memory.charge(3);
  CHECK(root.memory.read() == 3);
  child.uncharge(2);
  CHECK(child.memory.read() == 1);
  CHECK(root.memory.read() == 1);
  CHECK(child.memsw.read() == 0);
  CHECK(failure().empty());
}

TEST_CASE("a group of cgroup v1 uncharges memory and swap too") {
  recording::clear();
  group root(nullptr, "root", true);
  group child(&root, "child", true);
  child.memory.charge(3);
  child.memsw.charge(3);
  child.uncharge(3);
  CHECK(root.memory.read() == 0);
  CHECK(root.memsw.read() == 0);
}

TEST_CASE("a group is its own descendant, and that of its ancestors") {
  recording::clear();
  group root(nullptr, "root");
  group child(&root, "child");
  group other(&root, "other");
  CHECK(child.is_descendant_of(child));
  CHECK(child.is_descendant_of(root));
  CHECK_FALSE(root.is_descendant_of(child));
  CHECK_FALSE(child.is_descendant_of(other));
}

TEST_CASE("a group is born with one reference and freed with the last") {
  recording::clear();
  group root(nullptr, "root");
  group child(&root, "child");
  CHECK(child.references() == 1);
  child.get(3);
  CHECK(child.tryget());
  child.put();
  CHECK(child.references() == 4);
  CHECK_FALSE(child.is_freed());
  child.put(4);
  CHECK(child.is_freed());
  CHECK(failure().empty());
  CHECK_FALSE(child.tryget());
}

TEST_CASE("the root counts no references and is never freed") {
  recording::clear();
  group root(nullptr, "root");
  root.get(2);
  CHECK(root.tryget());
  root.put(5);
  CHECK(root.references() == 0);
  CHECK_FALSE(root.is_freed());
  CHECK(failure().empty());
}

TEST_CASE("references that are gone, and what they protected, are findings when used") {
  recording::clear();
  group root(nullptr, "root");
  group child(&root, "child");
  child.put();
  child.uncharge(0);
  CHECK(failure() == "a mem_cgroup is used after it was freed");
  child.get();
  CHECK(recording::current().failed.size() >= 2);
  recording::clear();
  child.put(7);
  CHECK(failure() == "css_put() of more references than there are");
}

TEST_CASE("a reader may look at a group without references until its memory is freed") {
  recording::clear();
  group root(nullptr, "root");
  group child(&root, "child");
  child.put();
  CHECK(child.is_descendant_of(root));
  CHECK(failure().empty());
  child.free_memory();
  CHECK(child.is_descendant_of(root));
  CHECK(failure() == "the memory of a mem_cgroup is used after it was freed");
}

}  // namespace
