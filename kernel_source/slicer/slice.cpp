// SPDX-License-Identifier: GPL-2.0-only
// Cuts functions, and what they need of their file, out of a kernel C file.
#include "kernel_source/slicer/slice.hpp"

#include <algorithm>
#include <utility>

namespace stockcheck::kernel_source {
namespace {

/// Finds the definitions that are needed, starting from the wanted ones.
class follower {
 public:
  follower(const c_file& file, const name_set& provided, slice& result)
      : file_{file}, provided_{provided}, result_{result}, is_needed_(file.definitions().size()) {}

  void want(const std::string& name) {
    const auto found = file_.find(name);
    if (!has_definition(found)) result_.missing.push_back(name);
    need(found);
  }

  void run() {
    while (!open_.empty()) {
      const std::size_t i = open_.back();
      open_.pop_back();
      for (const name_use& use : uses_of(i)) follow(i, use);
    }
    for (std::size_t i = 0; i < is_needed_.size(); ++i) {
      if (!is_needed_[i]) continue;
      const definition& piece = file_.definitions()[i];
      result_.pieces.push_back(i);
      if (piece.kind == definition_kind::function && !piece.names.empty() &&
          std::ranges::find(result_.functions, piece.names[0]) == result_.functions.end())
        result_.functions.push_back(piece.names[0]);
    }
    std::ranges::sort(result_.unresolved, [](const auto& a, const auto& b) {
      return std::pair{a.is_conditional, a.begin} < std::pair{b.is_conditional, b.begin};
    });
    // A name may be a call here and a value there: the first place tells enough.
    name_set seen;
    std::erase_if(result_.unresolved,
                  [&](const unresolved_name& name) { return !seen.insert(name.name).second; });
  }

 private:
  [[nodiscard]] bool has_definition(std::span<const std::size_t> found) const {
    return std::ranges::any_of(found,
                               [&](std::size_t i) { return file_.definitions()[i].is_complete(); });
  }

  void need(std::span<const std::size_t> found) {
    for (const std::size_t i : found) {
      if (is_needed_[i]) continue;
      is_needed_[i] = true;
      open_.push_back(i);
    }
  }

  /// Returns the names that the definition and the conditions around it use.
  [[nodiscard]] std::vector<name_use> uses_of(std::size_t i) const {
    const definition& piece = file_.definitions()[i];
    std::vector<name_use> result = piece.uses;
    for (const c_file::branch& around : file_.branches_around(piece))
      for (std::size_t k = 0; k <= around.directive; ++k) {
        const auto asked = file_.conditions({around.conditional, k});
        result.insert(result.end(), asked.begin(), asked.end());
      }
    return result;
  }

  void follow(std::size_t user, const name_use& use) {
    if (provided_.contains(use.name)) return;
    const auto found = file_.find(use.name);
    if (use.form == use_form::condition) {
      if (found.empty()) result_.conditions.insert(use.name);
      need_macros(found);
      return;
    }
    need(found);
    if (has_definition(found)) return;
    // The last argument of list_for_each_entry(entry, head, member).
    if (found.empty() && use.form == use_form::value && file_.is_member(use.name)) return;
    const definition& piece = file_.definitions()[user];
    result_.unresolved.push_back({.name = use.name,
                                  .form = use.form,
                                  .used_by = piece.names.empty() ? "" : piece.names[0],
                                  .line = use.line,
                                  .begin = use.begin,
                                  .is_declared = !found.empty(),
                                  .is_conditional = file_.is_conditional(use.begin)});
  }

  void need_macros(std::span<const std::size_t> found) {
    for (const std::size_t i : found)
      if (file_.definitions()[i].kind == definition_kind::macro) need({&i, 1});
  }

  const c_file& file_;
  const name_set& provided_;
  slice& result_;
  std::vector<bool> is_needed_;
  std::vector<std::size_t> open_;
};

/// Writes pieces of a file, and the conditionals around them.
class writer {
 public:
  writer(const c_file& file, slice& result) : file_{file}, result_{result} {}

  void piece(const definition& piece) {
    enter(file_.branches_around(piece));
    chunk(piece.line, piece.begin, piece.end);
  }

  void finish() { enter({}); }

 private:
  /// Leaves the conditionals that are not around the next piece, and enters the ones that are.
  void enter(const std::vector<c_file::branch>& target) {
    std::size_t same = 0;
    while (same < open_.size() && same < target.size() && open_[same] == target[same]) ++same;
    while (open_.size() > same + 1) close();
    std::size_t first = same;
    if (open_.size() > same) {
      const bool is_later_branch =
          same < target.size() && open_[same].conditional == target[same].conditional;
      if (is_later_branch) {
        branches(open_[same].directive + 1, target[same]);
        open_[same] = target[same];
        ++first;
      } else {
        close();
      }
    }
    for (; first < target.size(); ++first) {
      branches(0, target[first]);
      open_.push_back(target[first]);
    }
  }

  /// The directives of a conditional, up to the one that opens the branch.
  void branches(std::size_t first, const c_file::branch& last) {
    for (std::size_t k = first; k <= last.directive; ++k) {
      const directive& opening = file_.opening({last.conditional, k});
      chunk(opening.line, opening.begin, opening.end);
    }
  }

  void close() {
    result_.text += "#endif\n";
    open_.pop_back();
  }

  void chunk(unsigned line, std::size_t begin, std::size_t end) {
    result_.text += "#line " + std::to_string(line) + " \"" + file_.name() + "\"\n";
    result_.text.append(file_.text(), begin, end - begin);
    result_.text += '\n';
    result_.ranges.push_back({begin, end});
  }

  const c_file& file_;
  slice& result_;
  std::vector<c_file::branch> open_;
};

/// Pieces that overlap made one: a macro in a struct, a head that several bodies follow.
std::vector<definition> merged(const c_file& file, const std::vector<std::size_t>& pieces) {
  std::vector<definition> result;
  for (const std::size_t i : pieces) {
    const definition& piece = file.definitions()[i];
    if (result.empty() || piece.begin >= result.back().end)
      result.push_back(piece);
    else
      result.back().end = std::max(result.back().end, piece.end);
  }
  return result;
}

std::string verb_of(use_form form) {
  switch (form) {
    case use_form::call: return "calls";
    case use_form::cleanup: return "uses the cleanup class";
    case use_form::type: return "uses the type";
    case use_form::tag:
    case use_form::value:
    case use_form::condition: return "uses";
  }
  return "uses";
}

}  // namespace

slice cut(const c_file& file, std::span<const std::string> wanted, const name_set& provided) {
  slice result;
  follower follow{file, provided, result};
  for (const std::string& name : wanted) follow.want(name);
  follow.run();
  writer write{file, result};
  for (const definition& piece : merged(file, result.pieces)) write.piece(piece);
  write.finish();
  return result;
}

std::string description_of(const c_file& file, const unresolved_name& name) {
  const std::string user = name.used_by.empty() ? "the file" : name.used_by;
  return file.name() + ":" + std::to_string(name.line) + ": " + user + " " + verb_of(name.form) +
         " " + name.name;
}

}  // namespace stockcheck::kernel_source
