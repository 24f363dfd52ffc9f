// SPDX-License-Identifier: GPL-2.0-only
// page_counter, one task: what every function does to every level of a hierarchy.
#include "model/memcg/page_counter.hpp"

#include "tests/model/recording_atomics.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>

namespace {

using namespace stockcheck;
using tests::recording;
// Its failed expectations are recorded and execution goes on, as the kernel's does after a warning.
using counter = memcg::page_counter<tests::recording_atomics>;

struct hierarchy {
  explicit hierarchy(bool protection = false) : protected_(protection) { recording::clear(); }

  bool protected_;
  counter root{nullptr, protected_, "root"};
  counter middle{&root, protected_, "middle"};
  counter leaf{&middle, protected_, "leaf"};
  counter* fail = nullptr;

  [[nodiscard]] std::array<unsigned long, 3> usage() const {
    return {root.read(), middle.read(), leaf.read()};
  }
  [[nodiscard]] std::array<unsigned long, 3> failcnt() const {
    return {root.failcnt(), middle.failcnt(), leaf.failcnt()};
  }
};
using levels = std::array<unsigned long, 3>;

TEST_CASE("a new counter is empty and without limit") {
  const hierarchy h;
  CHECK(h.leaf.read() == 0);
  CHECK(h.leaf.max() == kernel::page_counter_max);
  CHECK(h.leaf.high() == kernel::page_counter_max);
  CHECK(h.leaf.min() == 0);
  CHECK(h.leaf.low() == 0);
  CHECK(h.leaf.failcnt() == 0);
  CHECK(h.leaf.watermark() == 0);
  CHECK(h.leaf.parent() == &h.middle);
  CHECK(h.root.parent() == nullptr);
}

TEST_CASE("charge and uncharge count at every level above") {
  hierarchy h;
  h.leaf.charge(3);
  CHECK(h.usage() == levels{3, 3, 3});
  h.middle.charge(2);
  CHECK(h.usage() == levels{5, 5, 3});
  h.leaf.uncharge(1);
  CHECK(h.usage() == levels{4, 4, 2});
  h.middle.uncharge(2);
  h.leaf.uncharge(2);
  CHECK(h.usage() == levels{0, 0, 0});
  CHECK(recording::current().failed.empty());
}

TEST_CASE("charge ignores limits, try_charge reaches them exactly") {
  hierarchy h;
  h.leaf.set_max(4);
  CHECK(h.leaf.try_charge(4, h.fail));
  CHECK(h.fail == nullptr);
  CHECK_FALSE(h.leaf.try_charge(1, h.fail));
  h.leaf.charge(1);
  CHECK(h.usage() == levels{5, 5, 5});
}

TEST_CASE("a failed try_charge names the counter, counts there alone and leaves nothing charged") {
  const std::array<counter hierarchy::*, 3> places{&hierarchy::root, &hierarchy::middle,
                                                   &hierarchy::leaf};
  for (std::size_t place = 0; place < places.size(); ++place) {
    CAPTURE(place);
    hierarchy h;
    h.leaf.charge(1);
    counter& limited = h.*places.at(place);
    REQUIRE(limited.set_max(3) == 0);
    CHECK_FALSE(h.leaf.try_charge(3, h.fail));
    CHECK(h.fail == &limited);
    CHECK(h.usage() == levels{1, 1, 1});
    levels once{};
    once.at(place) = 1;
    CHECK(h.failcnt() == once);
    CHECK(h.leaf.try_charge(2, h.fail));
    CHECK(recording::current().failed.empty());
  }
}

TEST_CASE("every failure is counted") {
  hierarchy h;
  h.middle.set_max(0);
  for (int i = 0; i < 3; ++i) CHECK_FALSE(h.leaf.try_charge(1, h.fail));
  CHECK(h.failcnt() == levels{0, 3, 0});
}

TEST_CASE("cancel takes from its level alone") {
  hierarchy h;
  h.leaf.charge(3);
  h.leaf.cancel(2);
  CHECK(h.usage() == levels{3, 3, 1});
}

TEST_CASE("a counter that would fall below zero is a finding and is set to zero") {
  hierarchy h;
  h.leaf.charge(2);
  h.leaf.cancel(5);
  CHECK(h.leaf.read() == 0);
  REQUIRE(recording::current().failed.size() == 1);
  const failed_expectation& failed = recording::current().failed.front();
  CHECK(failed.kind == oracle::underflow);
  REQUIRE(failed.count == 2);
  CHECK(failed.numbers[0].value == -3);
  CHECK(failed.numbers[1].value == 5);
}

TEST_CASE("an uncharge of too much is clamped at every level it reaches") {
  hierarchy h;
  h.leaf.charge(1);
  h.middle.charge(1);
  h.leaf.uncharge(2);
  CHECK(h.usage() == levels{0, 0, 0});
  CHECK(recording::current().failed.size() == 1);
}

TEST_CASE("set_max refuses a limit below the usage and keeps the old one") {
  hierarchy h;
  h.leaf.charge(5);
  CHECK(h.leaf.set_max(4) == -kernel::ebusy);
  CHECK(h.leaf.max() == kernel::page_counter_max);
  CHECK(h.leaf.set_max(5) == 0);
  CHECK(h.leaf.max() == 5);
  CHECK(h.leaf.set_max(0) == -kernel::ebusy);
  CHECK(h.leaf.set_max(100) == 0);
  CHECK(h.leaf.max() == 100);
}

TEST_CASE("set_max exchanges the limit and its charge adds, both fully ordered") {
  using tests::noted_access;
  using tests::operation;
  hierarchy h;
  recording::clear();
  h.leaf.set_max(5);
  const noted_access exchange{operation::exchange, order::full};
  CHECK(std::ranges::count(recording::current().accesses, exchange) == 1);
  recording::clear();
  h.leaf.try_charge(1, h.fail);
  const noted_access add{operation::add, order::full};
  CHECK(std::ranges::count(recording::current().accesses, add) == 3);
}

TEST_CASE("min, low and high are what they were set to") {
  hierarchy h;
  h.leaf.set_min(1);
  h.leaf.set_low(2);
  h.leaf.set_high(3);
  CHECK(h.leaf.min() == 1);
  CHECK(h.leaf.low() == 2);
  CHECK(h.leaf.high() == 3);
}

TEST_CASE("high limits nothing") {
  hierarchy h;
  h.leaf.set_high(1);
  CHECK(h.leaf.try_charge(2, h.fail));
}

TEST_CASE("the protected part of the usage follows charges and uncharges up to the parent") {
  hierarchy h{true};
  h.leaf.set_min(3);
  h.leaf.set_low(10);
  CHECK(h.middle.children_min_usage() == 0);
  h.leaf.charge(5);
  CHECK(h.leaf.min_usage() == 3);
  CHECK(h.leaf.low_usage() == 5);
  CHECK(h.middle.children_min_usage() == 3);
  CHECK(h.middle.children_low_usage() == 5);
  CHECK(h.root.children_min_usage() == 0);
  h.leaf.uncharge(4);
  CHECK(h.middle.children_min_usage() == 1);
  CHECK(h.middle.children_low_usage() == 1);
  CHECK(h.leaf.try_charge(1, h.fail));
  CHECK(h.middle.children_min_usage() == 2);
}

TEST_CASE("the parent's sum is over all children and follows a new protection at once") {
  hierarchy h{true};
  counter sibling{&h.middle, true, "sibling"};
  h.leaf.charge(5);
  sibling.charge(5);
  h.leaf.set_min(4);
  sibling.set_min(9);
  CHECK(h.middle.children_min_usage() == 9);
  h.leaf.set_min(0);
  CHECK(h.middle.children_min_usage() == 5);
  sibling.set_low(2);
  CHECK(h.middle.children_low_usage() == 2);
}

TEST_CASE("a failed charge leaves the protected usage as it was") {
  hierarchy h{true};
  h.leaf.set_min(10);
  h.leaf.charge(1);
  h.root.set_max(2);
  CHECK_FALSE(h.leaf.try_charge(5, h.fail));
  CHECK(h.middle.children_min_usage() == 1);
  CHECK(h.leaf.min_usage() == 1);
}

TEST_CASE("a counter without protection support propagates no charge") {
  hierarchy h{false};
  h.leaf.set_min(10);
  h.leaf.charge(5);
  CHECK(h.middle.children_min_usage() == 0);
}

TEST_CASE("the watermarks keep the highest usage until they are reset to the present one") {
  hierarchy h;
  h.leaf.charge(5);
  h.leaf.uncharge(3);
  CHECK(h.leaf.watermark() == 5);
  CHECK(h.leaf.local_watermark() == 5);
  CHECK(h.root.watermark() == 5);
  h.leaf.reset_watermark();
  CHECK(h.leaf.watermark() == 2);
  CHECK(h.leaf.local_watermark() == 2);
  CHECK(h.root.watermark() == 5);
  CHECK(h.leaf.try_charge(1, h.fail));
  CHECK(h.leaf.watermark() == 3);
  CHECK(h.leaf.local_watermark() == 3);
}

TEST_CASE("a failed charge raises the watermarks below the limit that it hit and not there") {
  hierarchy h;
  h.middle.set_max(1);
  CHECK_FALSE(h.leaf.try_charge(4, h.fail));
  CHECK(h.leaf.watermark() == 4);
  CHECK(h.middle.watermark() == 0);
  CHECK(h.root.watermark() == 0);
}

}  // namespace
