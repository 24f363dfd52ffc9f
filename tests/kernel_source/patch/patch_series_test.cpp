// SPDX-License-Identifier: GPL-2.0-only
// What a user may name as patches, and in which order they come out.
#include "kernel_source/patch/patch_series.hpp"

#include "tests/kernel_source/workshop.hpp"

#include <doctest/doctest.h>

#include <fmt/format.h>

using namespace stockcheck::kernel_source;

namespace {

std::string mail_text(const std::string& subject, const std::string& body) {
  return fmt::format(
      "From ann@example.org Mon Sep 17 00:00:00 2001\nFrom: Ann Author <ann@example.org>\n"
      "Subject: {}\n\nWhy.\n---\n{}\n",
      subject, body);
}

/// "subject1, subject2" of what the arguments give, or the error's message.
std::string subjects(const workshop& shop, const std::vector<std::string>& arguments) {
  std::string all;
  const std::string error = error_of([&] {
    for (const patch& p : read_patches(arguments, *shop.open()).patches)
      all += (all.empty() ? "" : ", ") + p.subject;
  });
  return error == "nothing was thrown" ? all : error;
}

}  // namespace

TEST_CASE("a plain diff is a patch that is named after its file") {
  const workshop shop;
  const patch_series series = read_patches({shop.write("fix.patch", small_patch)}, *shop.open());
  REQUIRE(series.patches.size() == 1);
  const patch& p = series.patches[0];
  CHECK(p.subject == "fix");
  CHECK(p.author.empty());
  CHECK(p.origin == shop.at("fix.patch"));
  CHECK(p.text == small_patch);
  CHECK(p.files.at(0).path() == "mm/page_counter.c");
  CHECK(series.skipped.empty());
}

TEST_CASE("what git show prints, and a quilt patch with a header, are patches") {
  const workshop shop;
  CHECK(subjects(shop, {shop.write("show.diff", "commit 0123\nAuthor: A <a@b>\n\n    Fix\n\n" +
                                                    small_patch)}) == "show");
  CHECK(
      subjects(shop, {shop.write("quilt.patch", "From: Ann <a@b.c>\nSubject: mm: better\n\nWhy.\n" +
                                                    small_patch)}) == "mm: better");
}

TEST_CASE("a diff with the line ends of another system is a patch") {
  const workshop shop;
  std::string text;
  for (const char c : small_patch) text += c == '\n' ? std::string("\r\n") : std::string(1, c);
  const patch_series series = read_patches({shop.write("fix.patch", text)}, *shop.open());
  CHECK(series.patches.at(0).text == small_patch);
}

TEST_CASE("the patches of an mbox come in the order of their numbers, without the talk") {
  const workshop shop;
  const std::string box = shop.write(
      "series.mbox",
      mail_text("[PATCH v2 2/2] second", small_patch) + mail_text("[PATCH v2 0/2] cover", "words") +
          mail_text("Re: [PATCH v2 2/2] second", "> words\nmore\n" + small_patch) +
          mail_text("[PATCH v2 1/2] first", small_patch) + mail_text("A question", "words"));
  const patch_series series = read_patches({box}, *shop.open());
  REQUIRE(series.patches.size() == 2);
  CHECK(series.patches[0].subject == "first");
  CHECK(series.patches[0].origin == box + ", mail 4");
  CHECK(series.patches[0].author == "Ann Author <ann@example.org>");
  CHECK(series.patches[1].subject == "second");
  REQUIRE(series.skipped.size() == 3);
  CHECK(series.skipped[0] == box + ", mail 2, \"[PATCH v2 0/2] cover\": a cover letter");
  CHECK(contains(series.skipped[1], "mail 3, \"Re: [PATCH v2 2/2] second\": a reply"));
  CHECK(contains(series.skipped[2], "mail 5, \"A question\": it has no patch"));
}

TEST_CASE("a series with gaps, doubles or mixed numbers is refused") {
  const workshop shop;
  const auto box = [&](const std::vector<std::string>& all) {
    std::string text;
    for (const std::string& subject : all) text += mail_text(subject, small_patch);
    return subjects(shop, {shop.write("box", text)});
  };
  CHECK(contains(box({"[PATCH 1/3] a", "[PATCH 3/3] c"}), "has no patch 2/3"));
  CHECK(contains(box({"[PATCH 1/3] a", "[PATCH 2/3] b"}), "has no patch 3/3"));
  CHECK(contains(box({"[PATCH 2/3] a", "[PATCH 3/3] b"}), "has no patch 1/3"));
  CHECK(contains(box({"[PATCH 1/2] a", "[PATCH 2/2] b", "[PATCH v2 2/2] b"}),
                 "has two patches 2/2: keep one version"));
  CHECK(contains(box({"[PATCH 1/1] a", "[PATCH 2/2] b"}), "a patch 1/1 and a patch 2/2"));
  CHECK(contains(box({"[PATCH 1/1] a", "[PATCH 2/1] b"}), "a patch 1/1 and a patch 2/1"));
  CHECK(contains(box({"[PATCH 1/2] a", "[PATCH 2/2] b", "[PATCH] c"}), "has no number"));
  CHECK(box({"[PATCH] z", "[PATCH] a"}) == "z, a");
  CHECK(box({"[PATCH 2/3] alone"}) == "alone");
}

TEST_CASE("a quilt series gives its patches in its order") {
  const workshop shop;
  shop.write("quilt/b.patch", small_patch);
  shop.write("quilt/sub/a.patch", small_patch);
  const std::string series =
      shop.write("quilt/series", "# ours\nb.patch -p1\n\nsub/a.patch # the second\n");
  CHECK(subjects(shop, {series}) == "b, a");
  CHECK(subjects(shop, {shop.at("quilt")}) == "b, a");
  shop.write("quilt/series", "b.patch -p0\n");
  CHECK(contains(subjects(shop, {series}), "series, line 1: only -p1 is possible, not '-p0'"));
  shop.write("quilt/series", "b.patch -p1 -R\n");
  CHECK(contains(subjects(shop, {series}), "series, line 1: only -p1 is possible, not '-R'"));
  shop.write("quilt/series", "b.patch\nmissing.patch\n");
  CHECK(contains(subjects(shop, {series}), "there is no file 'missing.patch', as its line 2 says"));
  shop.write("quilt/series", "../tree/mm/page_counter.c\n");
  CHECK(contains(subjects(shop, {series}), "nor a series file"));
}

TEST_CASE("a directory gives its patches in the order of their names") {
  const workshop shop;
  shop.write("out/0000-cover-letter.patch", mail_text("[PATCH 0/2] cover", "words"));
  shop.write("out/0002-b.patch", mail_text("[PATCH 2/2] b", small_patch));
  shop.write("out/0001-a.patch", mail_text("[PATCH 1/2] a", small_patch));
  shop.write("out/notes.txt", "none");
  CHECK(subjects(shop, {shop.at("out")}) == "a, b");
  CHECK(contains(subjects(shop, {shop.at("tree")}), "holds no patches"));
}

TEST_CASE("several arguments keep their order") {
  const workshop shop;
  const std::string z = shop.write("z.patch", small_patch);
  const std::string a = shop.write("a.patch", small_patch);
  CHECK(subjects(shop, {z, a}) == "z, a");
}

TEST_CASE("a commit range of a checkout gives its commits") {
  const workshop shop;
  shop.make_checkout();
  for (const char* name : {"one", "two"}) {
    shop.write("tree/mm/page_counter.c", small_page_counter + "/* " + name + " */\n");
    shop.run({"git", "commit", "--quiet", "--all", std::string("--message=mm: [x] ") + name});
  }
  // Settings of the repository that would ask for another form.
  shop.run({"git", "config", "format.attach", "true"});
  shop.run({"git", "config", "format.subjectPrefix", "Re: 7/9"});
  shop.run({"git", "config", "diff.noprefix", "true"});
  shop.run({"git", "config", "diff.external", "/bin/false"});
  CHECK(subjects(shop, {"v6.99-rc1..HEAD"}) == "mm: [x] one, mm: [x] two");
  CHECK(base_of_range({shop.at("tree"), "v6.99-rc1..HEAD"}) == "v6.99-rc1");
  CHECK_FALSE(base_of_range({shop.at("tree")}));
  CHECK(subjects(shop, {"HEAD..HEAD"}) == "the range HEAD..HEAD holds no commit");
  CHECK(contains(subjects(shop, {"nothing..HEAD"}), "has no revision 'nothing'"));
  CHECK(contains(subjects(shop, {"v6.99-rc1...HEAD"}), "nor a commit range A..B"));
  CHECK(contains(subjects(shop, {"--output=x..HEAD"}), "has no revision '--output=x'"));
}

TEST_CASE("a merge in a range is left out, and that is said") {
  const workshop shop;
  shop.make_checkout();
  shop.run({"git", "checkout", "--quiet", "-b", "side"});
  shop.write("tree/mm/other.c", "int side;\n");
  shop.run({"git", "commit", "--quiet", "--all", "--message=side"});
  shop.run({"git", "checkout", "--quiet", "main"});
  shop.run({"git", "merge", "--quiet", "--no-ff", "--message=merge", "side"});
  const patch_series series = read_patches({"v6.99-rc1..main"}, *shop.open());
  CHECK(series.patches.size() == 1);
  CHECK(series.skipped == std::vector<std::string>{"v6.99-rc1..main: 1 merges"});
}

TEST_CASE("what is no patch is refused with a reason") {
  const workshop shop;
  CHECK(contains(subjects(shop, {shop.at("none.patch")}), "No such file"));
  CHECK(contains(subjects(shop, {"v1..v2"}), "'v1..v2' is neither a file nor, as "));
  CHECK(contains(subjects(shop, {shop.write("empty", "")}), "there is no patch in what was given"));
  CHECK(contains(subjects(shop, {shop.write("words", "Hello there.\n")}),
                 "is no patch (no mail, no diff), nor a series file: there is no file 'Hello'"));
  CHECK(contains(subjects(shop, {shop.write("cover", mail_text("[PATCH 0/1] cover", "words"))}),
                 "left out: "));
  CHECK(contains(subjects(shop, {shop.write("x.gz", "\x1f\x8b\x08")}), "gunzip it first"));
  CHECK(contains(subjects(shop, {shop.write("cut.patch",
                                            small_patch.substr(0, small_patch.find("+\tcheck")))}),
                 "cut.patch, line 8: the patch is cut off"));
  CHECK(contains(
      subjects(shop, {shop.write("large.patch", std::string(std::size_t{11} << 20, '\n'))}),
      "large.patch is too large: more than 10 MiB"));
}

TEST_CASE("a text that git reads in another way is refused") {
  const workshop shop;
  // git skips a header with nothing behind it.
  const std::string text = small_patch + "diff --git a/mm/x.c b/mm/x.c\nwords\n";
  CHECK(subjects(shop, {shop.write("odd.patch", text)}) ==
        shop.at("odd.patch") +
            " is ambiguous: git reads other changes in it (lines added, lines "
            "removed, file: 1 0 mm/page_counter.c )");
  // git ends a name where a date begins.
  CHECK(contains(subjects(shop, {shop.write("date.patch",
                                            "--- a/mm/x.c 2024-01-01 00:00:00.000000000 +0000\n"
                                            "+++ b/mm/x.c 2024-01-01 00:00:00.000000000 +0000\n"
                                            "@@ -1 +1 @@\n-a\n+b\n")}),
                 "date.patch: the file name 'mm/x.c 2024"));
}
