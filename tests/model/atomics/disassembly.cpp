// SPDX-License-Identifier: GPL-2.0-only
#include "tests/model/atomics/disassembly.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <regex>
#include <stdexcept>

namespace stockcheck::tests {

namespace {

std::string output_of(const std::string& command) {
  std::FILE* const pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("cannot run " + command);
  std::string output;
  std::array<char, 4096> buffer{};
  while (const std::size_t bytes = std::fread(buffer.data(), 1, buffer.size(), pipe))
    output.append(buffer.data(), bytes);
  if (pclose(pipe) != 0) throw std::runtime_error("failed: " + command);
  return output;
}

/// "jne    1c <hand_x+0x8>" becomes "jne +0x8", and runs of blanks become one.
std::string normalised(const std::string& instruction) {
  static const std::regex jump_target{"[0-9a-f]+ <[^>+]*(\\+0x[0-9a-f]+)?>"};
  static const std::regex comment{"\\s*(#|//).*$"};
  static const std::regex blanks{"\\s+"};
  std::string text = std::regex_replace(instruction, comment, "");
  text = std::regex_replace(text, jump_target, "$1");
  text = std::regex_replace(text, blanks, " ");
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return text;
}

bool is_padding(const std::string& instruction) {
  return instruction.find("nop") != std::string::npos || instruction == "xchg %ax,%ax";
}

}  // namespace

functions disassemble(const std::string& objdump, const std::string& object) {
  const std::string listing = output_of("'" + objdump + "' -d --no-show-raw-insn '" + object + "'");
  static const std::regex header{"^[0-9a-f]+ <([^>]+)>:$"};
  functions all;
  instructions* current = nullptr;
  for (std::size_t begin = 0; begin < listing.size();) {
    const std::size_t end = std::min(listing.find('\n', begin), listing.size());
    const std::string line = listing.substr(begin, end - begin);
    begin = end + 1;
    const std::size_t tab = line.find('\t');
    if (std::smatch match; std::regex_match(line, match, header))
      current = &all[match[1]];
    else if (current != nullptr && tab != std::string::npos)
      current->push_back(normalised(line.substr(tab + 1)));
  }
  for (auto& [name, code] : all)
    while (!code.empty() && is_padding(code.back())) code.pop_back();
  return all;
}

std::vector<std::string> names_of_pairs(const functions& all, std::string_view prefix) {
  const std::string start = "ours_" + std::string{prefix};
  std::vector<std::string> names;
  for (const auto& [name, code] : all)
    if (name.starts_with(start)) names.push_back(name.substr(5));
  return names;
}

long count_of(const instructions& code, std::string_view text) {
  return std::ranges::count_if(
      code, [&](const std::string& instruction) { return instruction.find(text) != text.npos; });
}

std::string text_of(const instructions& code) {
  std::string text;
  for (const std::string& instruction : code) text += instruction + "\n";
  return text;
}

}  // namespace stockcheck::tests
