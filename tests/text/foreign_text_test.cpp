// SPDX-License-Identifier: GPL-2.0-only
#include "text/foreign_text.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace stockcheck;
using text::in_lines;
using text::in_one_line;

TEST_CASE("ordinary text, of any language, passes as it is") {
  for (const char* const plain : {"", "usage=-3, nr_pages=7", "Größe: 3 µs", "日本語", "𝄞 \\x1b"})
    CHECK(in_one_line(plain) == plain);
}

TEST_CASE("control characters are shown, whether in one byte or in two") {
  CHECK(in_one_line("\033[2J\033]0;owned\007") == "\\x1b[2J\\x1b]0;owned\\x07");
  CHECK(in_one_line("a\x7f"
                    "b\rc") == "a\\x7fb\\x0dc");
  CHECK(in_one_line("\xc2\x9b"
                    "31m") == "\\x9b31m");
  CHECK(in_one_line(std::string_view("a\0b", 3)) == "a\\x00b");
}

TEST_CASE("characters that turn the reading direction or end a line are shown") {
  CHECK(in_one_line("\xe2\x80\xae"
                    "txt") == "\\u202etxt");
  CHECK(in_one_line("\xe2\x81\xa6") == "\\u2066");
  CHECK(in_one_line("\xe2\x80\xa8") == "\\u2028");
}

TEST_CASE("bytes that are not UTF-8 are shown, one by one") {
  CHECK(in_one_line("bad \xff\xfe byte") == "bad \\xff\\xfe byte");
  CHECK(in_one_line("cut \xc3") == "cut \\xc3");
  CHECK(in_one_line("cut \xe2\x82 in the middle") == "cut \\xe2\\x82 in the middle");
  CHECK(in_one_line("overlong \xc0\xaf") == "overlong \\xc0\\xaf");
  CHECK(in_one_line("surrogate \xed\xa0\x80") == "surrogate \\xed\\xa0\\x80");
  CHECK(in_one_line("beyond \xf4\x90\x80\x80") == "beyond \\xf4\\x90\\x80\\x80");
}

TEST_CASE("one line stays one line") {
  CHECK(in_one_line("a\n\nReviewed-by: me\n") == "a\\n\\nReviewed-by: me");
  CHECK(in_one_line("a\tb") == "a\\tb");
}

TEST_CASE("a long line is cut between two characters and says so") {
  CHECK(in_one_line("0123456789", 10) == "0123456789");
  CHECK(in_one_line("0123456789a", 10) == "0123456...");
  CHECK(in_one_line("01234\xc3\xa4"
                    "56789",
                    10) == "01234\xc3\xa4...");
  CHECK(in_one_line("012345\xc3\xa4"
                    "56789",
                    10) == "012345...");
  CHECK(in_one_line("012345\033"
                    "56789",
                    10) == "012345...");
}

TEST_CASE("a text of several lines keeps them, up to a limit") {
  CHECK(in_lines("a\n\tb\033\n") == "a\n\tb\\x1b\n");
  CHECK(in_lines("a\nb\nc\n", 3) == "a\nb\nc\n");
  CHECK(in_lines("a\nb\nc\nd", 3) == "a\nb\n... 4 lines in all\n");
}

TEST_CASE("what has passed the gate passes it unchanged") {
  const std::string wild = "\033\xff\xc2\x9b\n\t\xe2\x80\xae" + std::string(6000, 'x');
  const std::string once = in_one_line(wild);
  CHECK(once.size() <= text::longest_line);
  CHECK(in_one_line(once) == once);
  std::string lines;
  for (int n = 0; n < 1000; ++n) lines += wild;
  CHECK(in_lines(in_lines(lines)) == in_lines(lines));
}

TEST_CASE("the last look keeps colours only where there are some") {
  CHECK(text::for_terminal("\033[1;31mFAIL\033[0m\n", true) == "\033[1;31mFAIL\033[0m\n");
  CHECK(text::for_terminal("\033[1;31mFAIL\n", false) == "\\x1b[1;31mFAIL\n");
  CHECK(text::for_terminal("\033[2J", true) == "\\x1b[2J");
}
