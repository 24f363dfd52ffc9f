// SPDX-License-Identifier: GPL-2.0-only
#include "mutants/mutant_header.hpp"

#include "mutants/header_lines.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>

namespace stockcheck::mutants {

namespace {

constexpr std::array<std::string_view, 5> kind_names{"Wrong", "Right", "Remedy", "Hostile",
                                                     "Proposal"};

/// A set of kinds, which has one bit for each.
constexpr unsigned set_of(mutant_kind kind) { return 1U << static_cast<unsigned>(kind); }
constexpr unsigned wrong = set_of(mutant_kind::wrong);
constexpr unsigned right = set_of(mutant_kind::right);
constexpr unsigned hostile = set_of(mutant_kind::hostile);
constexpr unsigned all = (1U << kind_names.size()) - 1;

/// A key below the first line: the kinds that may have it, and those that must.
struct key_rule {
  std::string_view key;
  unsigned allowed;
  unsigned required;
};

constexpr std::array<key_rule, 8> rules{
    {{"Of", all, all},
     {"File", all, 0},
     {"Scenario", wrong | right | hostile, wrong | right | hostile},
     {"Oracle", wrong, wrong},
     {"Stale", wrong, 0},
     {"Recreates", wrong, 0},
     {"Exit", hostile, hostile},
     {"Says", hostile, hostile}}};

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream words(text);
  return {std::istream_iterator<std::string>(words), {}};
}

/// Lists names as "A: ", "B: " or "C: ", in quotes.
template <class Names>
std::string one_of(const Names& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 < names.size() ? ", " : " or ";
    text += fmt::format("\"{}: \"", names[i]);
  }
  return text;
}

/// The header of one text, with what its errors are told with.
class reader {
 public:
  reader(std::istream& text, std::string_view file)
      : file_(file), header_(read_header_lines(text)) {}

  [[nodiscard]] mutant_header read() {
    read_kind();
    read_fields();
    read_of();
    result_.scenarios = words_of(value("Scenario"));
    result_.scenarios_line = line("Scenario");
    if (line("Scenario") != 0 && result_.scenarios.empty())
      refuse(line("Scenario"), "\"Scenario\" without a value");
    if (line("Oracle") != 0) read_oracle();
    if (line("Exit") != 0) read_exit();
    result_.file = value("File");
    result_.stale = value("Stale");
    result_.recreates = value("Recreates");
    result_.says = value("Says");
    return std::move(result_);
  }

 private:
  [[noreturn]] void refuse(unsigned at, std::string_view what) const {
    throw malformed_mutant(file_, at, what);
  }
  [[nodiscard]] std::string value(std::string_view key) const {
    const auto field = fields_.find(key);
    return field == fields_.end() ? "" : field->second->value;
  }
  /// 0 if the header does not have the key.
  [[nodiscard]] unsigned line(std::string_view key) const {
    const auto field = fields_.find(key);
    return field == fields_.end() ? 0 : field->second->number;
  }

  void read_kind() {
    if (header_.lines.empty())
      refuse(header_.end, fmt::format("the header ends without {}", one_of(kind_names)));
    const header_line& first = header_.lines.front();
    const auto* const found = std::ranges::find(kind_names, first.key);
    if (found == kind_names.end()) refuse(first.number, fmt::format("not {}", one_of(kind_names)));
    result_.kind = static_cast<mutant_kind>(found - kind_names.begin());
    if (first.value.empty()) refuse(first.number, fmt::format("\"{}\" without a value", first.key));
    result_.what = first.value;
  }

  void read_fields() {
    const unsigned kind = set_of(result_.kind);
    std::vector<std::string_view> allowed;
    for (const key_rule& rule : rules)
      if ((rule.allowed & kind) != 0) allowed.push_back(rule.key);
    for (std::size_t i = 1; i < header_.lines.size(); ++i) {
      const header_line& one = header_.lines[i];
      if (std::ranges::find(allowed, one.key) == allowed.end())
        refuse(one.number, fmt::format("not {}", one_of(allowed)));
      if (!fields_.emplace(one.key, &one).second)
        refuse(one.number, fmt::format("a second \"{}\"", one.key));
      if (one.value.empty()) refuse(one.number, fmt::format("\"{}\" without a value", one.key));
    }
    for (const key_rule& rule : rules)
      if ((rule.required & kind) != 0 && !fields_.contains(rule.key))
        refuse(header_.end, fmt::format("the header ends without \"{}\"", rule.key));
  }

  void read_of() {
    std::vector<std::string> words = words_of(value("Of"));
    const bool is_of_kernel = words.size() > 1 && words.front() == "kernel";
    if (!is_of_kernel && words != std::vector<std::string>{"model"})
      refuse(line("Of"), "it is of \"model\", or of \"kernel\" and its releases");
    result_.kernels.assign(words.begin() + 1, words.end());
  }

  void read_oracle() {
    const auto* const found = std::ranges::find(oracle_names, value("Oracle"));
    if (found == oracle_names.end())
      refuse(line("Oracle"), fmt::format("no oracle is named \"{}\"; there are: {}",
                                         value("Oracle"), fmt::join(oracle_names, ", ")));
    result_.caught_by = static_cast<oracle>(found - oracle_names.begin());
  }

  void read_exit() {
    const std::string text = value("Exit");
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), result_.exit);
    if (error != std::errc{} || end != text.data() + text.size())
      refuse(line("Exit"), fmt::format("no exit code: \"{}\"", text));
  }

  std::string_view file_;
  header_lines header_;
  std::map<std::string_view, const header_line*> fields_{};
  mutant_header result_{};
};

}  // namespace

malformed_mutant::malformed_mutant(std::string_view file, unsigned line, std::string_view what)
    : std::runtime_error(fmt::format("{}:{}: {}", file, line, what)) {}

mutant_header read_mutant_header(std::istream& text, std::string_view file) {
  return reader(text, file).read();
}

mutant_header read_mutant_header(const std::filesystem::path& mutant) {
  std::ifstream text(mutant);
  if (!text) throw std::runtime_error(fmt::format("{}: cannot be read", mutant.string()));
  return read_mutant_header(text, mutant.string());
}

std::vector<std::filesystem::path> mutants_in(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> found;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == ".patch" || entry.path().extension() == ".sed")
      found.push_back(entry.path());
  std::ranges::sort(found);
  return found;
}

}  // namespace stockcheck::mutants
