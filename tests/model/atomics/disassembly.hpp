// SPDX-License-Identifier: GPL-2.0-only
// The instructions of the functions in an object file, as objdump prints them.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace stockcheck::tests {

/// Instructions without addresses: what a jump refers to is an offset in its function. The padding
/// after the last instruction is left out.
using instructions = std::vector<std::string>;

/// By the name of the function.
using functions = std::map<std::string, instructions>;

/// Runs `objdump` on `object`. Throws std::runtime_error if that fails.
functions disassemble(const std::string& objdump, const std::string& object);

/// The names NAME of the functions "ours_NAME" whose NAME starts with `prefix`.
std::vector<std::string> names_of_pairs(const functions& all, std::string_view prefix = "");

/// How many of the instructions contain `text`.
long count_of(const instructions& code, std::string_view text);

/// One instruction per line, for messages.
std::string text_of(const instructions& code);

}  // namespace stockcheck::tests
