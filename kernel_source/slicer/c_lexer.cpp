// SPDX-License-Identifier: GPL-2.0-only
// The tokens of a C file, by libclang's lexer.
#include "kernel_source/slicer/c_lexer.hpp"

#include "kernel_source/source_error.hpp"

#include <clang-c/Index.h>

#include <array>
#include <memory>
#include <span>
#include <type_traits>

namespace stockcheck::kernel_source {
namespace {

/// What the text is called towards libclang; nothing of this name is opened.
constexpr const char* unsaved_name = "/stockcheck/unsaved.c";

using index_pointer = std::unique_ptr<void, decltype(&clang_disposeIndex)>;
using unit_pointer = std::unique_ptr<std::remove_pointer_t<CXTranslationUnit>,
                                     decltype(&clang_disposeTranslationUnit)>;

token_kind kind_of(CXToken token) {
  switch (clang_getTokenKind(token)) {
    case CXToken_Punctuation: return token_kind::punctuation;
    case CXToken_Keyword: return token_kind::keyword;
    case CXToken_Identifier: return token_kind::identifier;
    case CXToken_Literal: return token_kind::literal;
    case CXToken_Comment: return token_kind::comment;
  }
  return token_kind::punctuation;
}

c_token converted(CXTranslationUnit unit, CXToken token) {
  const CXSourceRange extent = clang_getTokenExtent(unit, token);
  unsigned line = 0;
  unsigned last_line = 0;
  unsigned begin = 0;
  unsigned end = 0;
  clang_getSpellingLocation(clang_getRangeStart(extent), nullptr, &line, nullptr, &begin);
  clang_getSpellingLocation(clang_getRangeEnd(extent), nullptr, &last_line, nullptr, &end);
  return {.kind = kind_of(token), .begin = begin, .end = end, .line = line, .last_line = last_line};
}

}  // namespace

std::vector<c_token> tokens_of(const std::string& name, const std::string& text) {
  const index_pointer index{clang_createIndex(0, 0), clang_disposeIndex};
  CXUnsavedFile unsaved{unsaved_name, text.data(), text.size()};
  constexpr std::array arguments{"-x", "c", "-std=gnu11", "-nostdinc"};
  CXTranslationUnit raw = nullptr;
  // libclang lexes only what it has parsed. What the parser thinks of a file without its headers
  // does not matter.
  const CXErrorCode error = clang_parseTranslationUnit2(
      index.get(), unsaved_name, arguments.data(), arguments.size(), &unsaved, 1,
      CXTranslationUnit_SingleFileParse | CXTranslationUnit_SkipFunctionBodies, &raw);
  const unit_pointer unit{raw, clang_disposeTranslationUnit};
  if (error != CXError_Success)
    throw source_error(name + ": libclang does not read it (its error " + std::to_string(error) +
                       ")");

  CXFile file = clang_getFile(raw, unsaved_name);
  const CXSourceRange all =
      clang_getRange(clang_getLocationForOffset(raw, file, 0),
                     clang_getLocationForOffset(raw, file, static_cast<unsigned>(text.size())));
  CXToken* first = nullptr;
  unsigned count = 0;
  clang_tokenize(raw, all, &first, &count);
  std::vector<c_token> tokens;
  tokens.reserve(count);
  for (const CXToken token : std::span{first, count}) tokens.push_back(converted(raw, token));
  if (first != nullptr) clang_disposeTokens(raw, first, count);
  return tokens;
}

}  // namespace stockcheck::kernel_source
