// SPDX-License-Identifier: GPL-2.0-only
// page_counter_memparse(): a table of what users write and what the kernel makes of it.
#include "model/memcg/page_counter_memparse.hpp"

#include <doctest/doctest.h>

#include <initializer_list>
#include <string_view>

namespace {

using namespace stockcheck;
using memcg::page_counter_memparse;

constexpr unsigned long untouched = 77;

struct parsed {
  std::string_view text;
  unsigned long nr_pages;
};

void check_all(std::initializer_list<parsed> table) {
  for (const parsed& row : table) {
    CAPTURE(row.text);
    unsigned long nr_pages = untouched;
    CHECK(page_counter_memparse(row.text, "max", nr_pages) == 0);
    CHECK(nr_pages == row.nr_pages);
  }
}

TEST_CASE("amounts are bytes, rounded down to pages") {
  check_all({{"0", 0},
             {"1", 0},
             {"4095", 0},
             {"4096", 1},
             {"4097", 1},
             {"8191", 1},
             {"8192", 2},
             {"1073741824", 262144}});
}

TEST_CASE("an empty text is no pages") { check_all({{"", 0}}); }

TEST_CASE("a prefix selects hexadecimal or octal") {
  check_all({{"0x1000", 1},
             {"0X1000", 1},
             {"0xfFfF000", 0xffff},
             {"010000", 1},
             {"0777777", 63},
             {"0x10k", 4},
             {"020k", 4}});
}

TEST_CASE("a suffix multiplies by powers of 1024, in upper or lower case") {
  check_all({{"1k", 0},
             {"4k", 1},
             {"4K", 1},
             {"1m", 1UL << 8U},
             {"1M", 1UL << 8U},
             {"1g", 1UL << 18U},
             {"1G", 1UL << 18U},
             {"1t", 1UL << 28U},
             {"1T", 1UL << 28U},
             {"1p", 1UL << 38U},
             {"1P", 1UL << 38U},
             {"1e", 1UL << 48U},
             {"1E", 1UL << 48U}});
}

TEST_CASE("a suffix without a number is no pages") { check_all({{"k", 0}, {"G", 0}}); }

TEST_CASE("the word for no limit is the largest limit") {
  check_all({{"max", kernel::page_counter_max}});
  unsigned long nr_pages = untouched;
  CHECK(page_counter_memparse("-1", "-1", nr_pages) == 0);
  CHECK(nr_pages == kernel::page_counter_max);
}

TEST_CASE("amounts above the largest limit are the largest limit") {
  check_all({{"8E", kernel::page_counter_max},
             {"9223372036854775807", kernel::page_counter_max},
             {"18446744073709551615", kernel::page_counter_max}});
  check_all({{"7E", 7UL << 48U}, {"9223372036854771711", kernel::page_counter_max - 1}});
}

TEST_CASE("amounts of 2^64 and above wrap, as in the kernel") {
  check_all({{"16E", 0},
             {"16384P", 0},
             {"17E", 1UL << 48U},
             {"18446744073709551616", 0},
             {"18446744073709555712", 1},
             {"0x10000000000001000", 1}});
}

TEST_CASE("what follows an amount is refused and the result left alone") {
  for (const std::string_view text : {"4096 ", " 4096", "4kB", "4kk", "4x", "-1", "+1", "1.5k",
                                      "0x", "0xg", "08", "12abc", "Max", "maximum", "ma", "\n"}) {
    CAPTURE(text);
    unsigned long nr_pages = untouched;
    CHECK(page_counter_memparse(text, "max", nr_pages) == -kernel::einval);
    CHECK(nr_pages == untouched);
  }
}

TEST_CASE("the word of another file is refused") {
  unsigned long nr_pages = untouched;
  CHECK(page_counter_memparse("max", "-1", nr_pages) == -kernel::einval);
}

}  // namespace
