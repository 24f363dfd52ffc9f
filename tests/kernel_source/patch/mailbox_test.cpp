// SPDX-License-Identifier: GPL-2.0-only
// Taking mails apart.
#include "kernel_source/patch/mailbox.hpp"

#include "tests/kernel_source/workshop.hpp"

#include <doctest/doctest.h>

using namespace stockcheck::kernel_source;

namespace {

const std::string headers =
    "From: Ann Author <ann@example.org>\nSubject: [PATCH v2 1/3] mm: count better\n"
    "Date: Mon, 1 Jan 2024 12:00:00 +0000\n";

mail only(const std::string& text) {
  const workshop shop;
  const std::vector<mail> mails = read_mails(text, "m");
  REQUIRE(mails.size() == 1);
  return mails[0];
}

std::string base64(const std::string& text) {
  const workshop shop;
  return shop.run({"base64", shop.write("text", text)}).output;
}

}  // namespace

TEST_CASE("a mail has its author, its whole subject and its diff") {
  const mail m = only(headers + "\nWhy.\n---\n mm/page_counter.c | 1 +\n\n" + small_patch);
  CHECK(m.author == "Ann Author <ann@example.org>");
  CHECK(m.subject == "[PATCH v2 1/3] mm: count better");
  CHECK(contains(m.diff, small_patch));
}

TEST_CASE("a From in the text names the author") {
  const mail m = only(headers + "\nFrom: Bob <bob@example.org>\n\nWhy.\n---\n" + small_patch);
  CHECK(m.author == "Bob <bob@example.org>");
}

TEST_CASE("encoded mails are decoded") {
  const std::string encoded =
      "MIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n"
      "Content-Transfer-Encoding: ";
  const mail in_base64 =
      only(headers + encoded + "base64\n\n" + base64("Why.\n---\n" + small_patch));
  CHECK(contains(in_base64.diff, small_patch));
  const mail with_returns =
      only(headers + encoded + "base64\n\n" +
           base64("Why.\r\n---\r\n--- a/x\r\n+++ b/x\r\n@@ -1 +1 @@\r\n-a\r\n+b\r\n"));
  CHECK(contains(with_returns.diff, "@@ -1 +1 @@\n-a\n+b\n"));
  const mail quoted =
      only(headers + encoded +
           "quoted-printable\n\nWhy.\n---\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a =3D=\n b\n+b\n");
  CHECK(contains(quoted.diff, "-a = b\n+b\n"));
  const mail name = only(
      "From: =?UTF-8?q?J=C3=B6rg?= <j@example.org>\nSubject: "
      "=?UTF-8?b?W1BBVENIXSDDpA==?=\n\nx\n");
  CHECK(name.author == "J\xc3\xb6rg <j@example.org>");
  CHECK(name.subject == "[PATCH] \xc3\xa4");
}

TEST_CASE("an mbox is split into its mails") {
  const workshop shop;
  const std::string line = "From ann@example.org Mon Sep 17 00:00:00 2001\n";
  const std::vector<mail> mails =
      read_mails(line + headers + "\nWhy.\n---\n" + small_patch + "\n" + line +
                     "From: Bob <b@example.org>\nSubject: Re: [PATCH v2 1/3] mm: count better\n\n"
                     "> diff --git\nNice.\n",
                 "m");
  REQUIRE(mails.size() == 2);
  CHECK_FALSE(is_reply(mails[0]));
  CHECK(is_reply(mails[1]));
  CHECK(mails[1].diff.empty());
}

TEST_CASE("mails are told from diffs by their first lines") {
  CHECK(is_mail("From 0123456789abcdef Mon Sep 17 00:00:00 2001\n"));
  CHECK(is_mail(headers + "\ntext\n"));
  CHECK(is_mail("Received: from x\n\tby y\nSubject: z\n\n"));
  CHECK_FALSE(is_mail(small_patch));
  CHECK_FALSE(is_mail("Index: linux/mm/x.c\n====\n--- a/x\n"));
  CHECK_FALSE(is_mail("commit 0123\nAuthor: Ann\n\n    Subject: x\n"));
  CHECK_FALSE(is_mail(""));
}

TEST_CASE("the number in a series is read from the brackets of a subject") {
  const auto number = [](const char* subject) {
    const auto found = number_in_series(subject);
    return found ? std::pair{found->number, found->total} : std::pair{99U, 99U};
  };
  CHECK(number("[PATCH 2/13] mm: x") == std::pair{2U, 13U});
  CHECK(number("[RFC PATCH v4 00/14] mm: x") == std::pair{0U, 14U});
  CHECK(number("[PATCH mm-unstable 1/2] mm: [1/9] x") == std::pair{1U, 2U});
  CHECK(number("[linux-mm] [PATCH 3/4] x") == std::pair{3U, 4U});
  CHECK(number("[PATCH] mm: 1/2 of x") == std::pair{99U, 99U});
  CHECK(number("[PATCH] mm: [1/2] of x") == std::pair{99U, 99U});
  CHECK(plain_subject("[linux-mm] [PATCH 3/4] mm: [x] y") == "mm: [x] y");
}

TEST_CASE("what could steer a terminal, or is endless, does not come out of a mail's header") {
  const mail m =
      only("From: A <a@b.c>\nSubject: [PATCH] \x1b[2J" + std::string(100000, 'x') + "\n\nx\n");
  CHECK(m.subject.starts_with("[PATCH] \\x1b[2Jxxx"));
  CHECK(m.subject.size() == 500);
  CHECK_FALSE(number_in_series(m.subject));
}

TEST_CASE("a whole archive of a mailing list is refused") {
  std::string text;
  for (int i = 0; i < 1001; ++i) text += "From a@b.c Mon Sep 17 00:00:00 2001\nSubject: x\n\nx\n\n";
  CHECK(error_of([&] { read_mails(text, "list.mbox"); }) ==
        "list.mbox holds 1001 mails, more than 1000: keep one series in a file");
}
