// SPDX-License-Identifier: GPL-2.0-only
#include "harness/objects/scenario_builder.hpp"

#include "harness/objects/compiler_messages.hpp"
#include "harness/objects/include_closure.hpp"
#include "harness/objects/scenario_files.hpp"
#include "harness/objects/scenario_object.hpp"
#include "kernel_source/compile/compile_error.hpp"
#include "kernel_source/compile/compiler.hpp"
#include "kernel_source/compile/kept_object.hpp"
#include "kernel_source/source_error.hpp"
#include "kernel_source/system/file_text.hpp"
#include "kernel_source/system/temporary_directory.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <iterator>
#include <mutex>
#include <sstream>
#include <string_view>
#include <thread>
#include <utility>

namespace stockcheck::harness {

using namespace kernel_source;

namespace {

namespace fs = std::filesystem;

using header_names = std::vector<std::string>;

/// In a directory of its own, with the tree beside that.
constexpr const char* unit_name = "unit.cpp";

std::string stem_of(const std::string& header) { return fs::path(header).filename().string(); }

/// Where the user's file of a unit lies, and what it includes; empty if the unit has none.
fs::path users_directory(const header_names& headers) {
  return is_users_file(headers.front()) ? fs::path(headers.front()).parent_path() : fs::path{};
}

/// Hidden, so that code which the process has already, of the model without the patch, does not
/// take its place. Without debug information: places come from std::source_location.
std::vector<std::string> flags_of(const compiler& with, scenario_subject subject,
                                  const header_names& headers) {
  std::vector<std::string> flags{"-std=c++20", "-O1",
                                 "-g0",        "-fPIC",
                                 "-w",         "-fvisibility=hidden",
                                 "-I../tree",  "-ffile-prefix-map=../tree/="};
  if (words_of(subject).keeps_dead_stores && !with.is_clang())
    flags.emplace_back("-fno-lifetime-dse");
#ifdef STOCKCHECK_SANITIZE
  flags.emplace_back("-fsanitize=" STOCKCHECK_SANITIZE);
#endif
  if (is_users_file(headers.front())) {
    flags.emplace_back("-ffile-prefix-map=users/=");
    const std::vector<std::string> brief = flags_for_brief_messages(with.is_clang());
    flags.insert(flags.end(), brief.begin(), brief.end());
  }
  return flags;
}

/// All files of users call their list the same, so that each is a unit of its own.
std::vector<header_names> spread(const scenario_build_request& request) {
  const header_names& headers = request.headers;
  const std::size_t for_all = (headers.size() + request.processors - 1) / request.processors;
  const std::size_t each = request.together != 0
                               ? request.together
                               : std::clamp<std::size_t>(for_all, 1, usual_together);
  std::vector<header_names> units;
  for (const std::string& header : headers) {
    if (units.empty() || units.back().size() == each || is_users_file(header) ||
        is_users_file(units.back().front()))
      units.emplace_back();
    units.back().push_back(header);
  }
  return units;
}

/// The source of a translation unit with the scenarios of some headers on the subject. The user's
/// own come first: what they do not include themselves is an error.
std::string unit_of(const header_names& headers, scenario_subject subject) {
  std::string unit;
  for (const std::string& header : headers)
    unit += is_users_file(header) ? fmt::format("#include \"users/{}\"\n", stem_of(header))
                                  : fmt::format("#include \"checks/{}.hpp\"\n", header);
  unit += fmt::format("{}#include <span>\n", words_of(subject).includes);
  for (const std::string& header : headers)
    unit += fmt::format(
        "extern \"C\" [[gnu::visibility(\"default\")]] std::size_t {}(\n"
        "    const stockcheck::checks::program_entry** entries) {{\n"
        "  const std::span<const stockcheck::checks::program_entry> all =\n"
        "      {}::on<{}>;\n"
        "  *entries = all.data();\n"
        "  return all.size();\n"
        "}}\n",
        programs_function(header),
        is_users_file(header) ? "::scenarios"
                              : fmt::format("stockcheck::checks::{}_scenarios", stem_of(header)),
        words_of(subject).type);
  return unit;
}

/// The files that a list of the compiler's names: "x.o: unit.cpp ../tree/checks/x.hpp \\", as a
/// closure names them. Throws for one that is not in it: what is kept would not change with it.
std::set<std::string> files_in(const fs::path& list, const include_closure& closure,
                               const std::string& header) {
  constexpr std::string_view tree = "../tree/";
  std::set<std::string> files;
  std::istringstream words{read_file(list)};
  std::string word;
  words >> word;  // what is made of them
  while (words >> word) {
    if (word == "\\" || word == unit_name) continue;
    std::string path = fs::path(word).lexically_normal().string();
    if (path.starts_with(tree)) path.erase(0, tree.size());
    if (!closure.files.contains(path))
      throw source_error(fmt::format("{} includes {}, which is no file of the model{}", header,
                                     path,
                                     is_users_file(header) ? " and does not lie beside it" : ""));
    files.insert(std::move(path));
  }
  return files;
}

/// What is said of a unit that does not compile.
std::string messages_of(const std::string& messages, const std::string& header,
                        scenario_subject subject) {
  for (const std::string_view package : {"relacy/", "boost/context/"})
    if (subject == scenario_subject::relacy_model && messages.find(package) != std::string::npos &&
        (messages.find("No such file") != std::string::npos ||
         messages.find("file not found") != std::string::npos))
      return "scenarios for Relacy are compiled with its headers: apt-get install relacy-dev "
             "libboost-context-dev";
  return is_users_file(header) ? brief_messages(messages, stem_of(header), subject) : messages;
}

/// What the compiler read of the project's and the user's files, beside the object.
fs::path list_of(fs::path object) { return object.replace_extension(".d"); }

class builder {
 public:
  explicit builder(const scenario_build_request& request)
      : request_(request), with_(cxx_language, request.stop), units_(spread(request)) {
    for (const auto& [path, text] : request.files)
      write_file(sources_.path() / "tree" / path, text);
  }

  built_scenarios run() {
    {
      std::vector<std::jthread> workers;
      const std::size_t n = std::min<std::size_t>(request_.processors, units_.size());
      while (workers.size() < n) workers.emplace_back([this] { work(); });
    }
    if (error_) std::rethrow_exception(error_);
    return std::move(built_);
  }

 private:
  void work() {
    while (true) {
      const std::size_t mine = next_++;
      if (mine >= units_.size()) return;
      try {
        build(units_[mine]);
      } catch (...) {
        const std::lock_guard lock(mutex_);
        if (!error_) error_ = std::current_exception();
        next_ = units_.size();
      }
    }
  }

  void build(const header_names& headers) {
    const std::string unit = unit_of(headers, request_.subject);
    const std::vector<std::string> flags = flags_of(with_, request_.subject, headers);
    const include_closure closure = closure_of(unit, request_.files, users_directory(headers));
    content_key key;
    key.add(with_.version());
    for (const std::string& flag : flags) key.add(flag);
    key.add(unit);
    for (const auto& [path, text] : closure.files) {
      key.add(path);
      key.add(text);
    }
    const auto make = [&](const fs::path& object) {
      const temporary_directory here(sources_.path());
      write_file(here.path() / unit_name, unit);
      for (const auto& [path, text] : closure.files)
        if (path.starts_with("users/")) write_file(here.path() / path, text);
      std::vector<std::string> how = flags;
      how.insert(how.end(), {"-MMD", "-MF", list_of(object)});
      try {
        with_.compile(here.path(), unit_name, "unit.o", std::move(how));
      } catch (const compile_error& error) {
        throw compile_error(messages_of(error.what(), headers.front(), request_.subject));
      }
      files_in(list_of(object), closure, headers.front());
      with_.link(here.path(), {"unit.o"}, object, {});
    };
    std::vector<std::string> notes;
    const fs::path object = kept_object(request_.cache, key.text(), make, notes);
    std::set<std::string> included = files_in(list_of(object), closure, headers.front());
    const std::lock_guard lock(mutex_);
    std::ranges::move(notes, std::back_inserter(built_.notes));
    for (const std::string& header : headers) built_.objects.emplace(header, object);
    built_.included.merge(included);
    if (request_.progress) request_.progress(built_.objects.size());
  }

  const scenario_build_request& request_;
  compiler with_;
  std::vector<header_names> units_;
  temporary_directory sources_;
  std::atomic<std::size_t> next_{0};
  std::mutex mutex_;
  built_scenarios built_;
  std::exception_ptr error_;
};

}  // namespace

tree_files shipped_scenario_files() {
  tree_files files;
  for (const embedded_file& file : scenario_files()) files.emplace(file.name, file.text);
  return files;
}

built_scenarios build_scenarios(const scenario_build_request& request) {
  return builder(request).run();
}

}  // namespace stockcheck::harness
