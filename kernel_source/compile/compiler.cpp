// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/compile/compiler.hpp"

#include "kernel_source/compile/compile_error.hpp"
#include "kernel_source/machine_error.hpp"
#include "kernel_source/system/file_text.hpp"
#include "kernel_source/system/run_process.hpp"
#include "kernel_source/system/temporary_directory.hpp"
#include "kernel_source/system/trouble.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <link.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <regex>
#include <sstream>
#include <system_error>

namespace stockcheck::kernel_source {

namespace {

/// Minutes, for a busy machine: some seconds are usual.
constexpr std::chrono::minutes compile_limit{10};

/// As make and the kernel's build take CC apart: "ccache gcc" is two words.
std::vector<std::string> words_of(const std::string& command) {
  std::istringstream stream{command};
  return {std::istream_iterator<std::string>(stream), {}};
}

/// With the temporary files of the compiler where they are removed with all the others.
std::vector<std::string> environment_in(const std::filesystem::path& directory) {
  std::vector<std::string> environment = plain_environment();
  std::erase_if(environment, [](const std::string& one) { return one.starts_with("TMPDIR="); });
  environment.push_back(fmt::format("TMPDIR={}", directory.string()));
  return environment;
}

/// A file that has something in it.
bool is_made(const std::filesystem::path& file) {
  std::error_code error;
  return std::filesystem::file_size(file, error) > 0 && !error;
}

/// Whether a file is a shared object of this machine, with all that its headers say.
bool can_be_loaded(const std::filesystem::path& file) {
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(file, error);
  std::ifstream stream(file, std::ios::binary);
  ElfW(Ehdr) head{};
  const auto read = [&](auto& what, std::uintmax_t at) {
    stream.seekg(static_cast<std::streamoff>(at));
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the bytes of a header
    return static_cast<bool>(stream.read(reinterpret_cast<char*>(&what), sizeof what));
  };
  if (error || !read(head, 0) || std::memcmp(head.e_ident, ELFMAG, SELFMAG) != 0 ||
      head.e_type != ET_DYN || head.e_phentsize != sizeof(ElfW(Phdr)) || head.e_phnum == 0)
    return false;
  for (std::uintmax_t n = 0; n < head.e_phnum; ++n) {
    ElfW(Phdr) part{};
    if (!read(part, head.e_phoff + n * sizeof part)) return false;
    if (part.p_filesz > size || part.p_offset > size - part.p_filesz) return false;
  }
  return true;
}

/// What a linker says of code; of anything else it fails for another reason.
bool is_about_names(const std::string& messages) {
  static constexpr std::array marks{"undefined reference", "undefined symbol",
                                    "multiple definition", "duplicate symbol", "relocation"};
  return std::ranges::any_of(
      marks, [&](const char* mark) { return messages.find(mark) != std::string::npos; });
}

}  // namespace

/// How it went to compile or to link something.
struct compiler::attempt {
  process_result ran;
  std::string message;  ///< if it failed
};

compiler::compiler(const language& of, const std::atomic<bool>* stop) : stop_(stop) {
  const char* const chosen = std::getenv(of.variable);
  if (chosen != nullptr) command_ = words_of(chosen);
  if (command_.empty()) command_ = {of.usual};
  process_result asked;
  try {
    std::vector<std::string> asking = command_;
    asking.emplace_back("--version");
    asked = run_process(
        {.arguments = std::move(asking), .environment = plain_environment(), .stop = stop});
  } catch (const source_error& error) {
    throw source_error(fmt::format(
        "there is no {} compiler: {}; install one (apt-get install {}), or name it in {}", of.name,
        error.what(), of.package, of.variable));
  }
  if (!asked.succeeded())
    throw_failure(asked.signal != 0 || is_trouble_of_machine(asked.errors),
                  fmt::format("'{} --version' failed with {}: {}", fmt::join(command_, " "),
                              how_it_ended(asked), asked.errors));
  version_ = asked.output;
}

compiler::attempt compiler::try_to(const std::filesystem::path& directory,
                                   std::vector<std::string> arguments,
                                   const std::string& what) const {
  arguments.insert(arguments.begin(), command_.begin(), command_.end());
  attempt result{.ran = run_process({.arguments = std::move(arguments),
                                     .directory = directory,
                                     .environment = environment_in(directory),
                                     .limit = compile_limit,
                                     .stop = stop_}),
                 .message = {}};
  if (!result.ran.succeeded())
    result.message =
        fmt::format("cannot {} ({}):\n{}", what, how_it_ended(result.ran), result.ran.errors);
  return result;
}

/// A compiler that fails for a file with nothing in it fails for the machine's reasons, whatever it
/// said the other time.
bool compiler::works_at_all(const std::filesystem::path& directory) const {
  const temporary_directory inside(directory);
  const std::filesystem::path empty = inside.path() / "empty.c";
  const std::filesystem::path object = inside.path() / "empty.o";
  write_file(empty, "int nothing;\n");
  const attempt tried =
      try_to(inside.path(), {"-c", empty.string(), "-o", object.string()}, "compile nothing");
  return tried.ran.succeeded() && is_made(object);
}

/// Says of a file that cannot be compiled or preprocessed whose fault that is.
void compiler::require_success(const attempt& tried, const std::filesystem::path& directory) const {
  if (tried.ran.succeeded()) return;
  if (tried.ran.signal != 0 || is_trouble_of_machine(tried.ran.errors) || !works_at_all(directory))
    throw machine_error(tried.message);
  throw compile_error(tried.message);
}

void compiler::compile(const std::filesystem::path& directory, const std::string& file,
                       const std::string& object, std::vector<std::string> how) const {
  how.insert(how.end(), {"-c", file, "-o", object});
  const attempt tried = try_to(directory, std::move(how), fmt::format("compile {}", file));
  if (tried.ran.succeeded() && !is_made(directory / object))
    throw machine_error(
        fmt::format("the compiler '{}' made no object of {}", fmt::join(command_, " "), file));
  require_success(tried, directory);
}

std::string compiler::preprocess(const std::filesystem::path& directory, const std::string& file,
                                 std::vector<std::string> how) const {
  how.insert(how.end(), {"-E", "-fdirectives-only", file});
  const attempt tried = try_to(directory, std::move(how), fmt::format("preprocess {}", file));
  require_success(tried, directory);
  return tried.ran.output;
}

void compiler::link(const std::filesystem::path& directory, const std::vector<std::string>& objects,
                    const std::filesystem::path& result,
                    const std::vector<std::string>& how) const {
  std::vector<std::string> arguments{"-shared"};
  std::ranges::copy(how, std::back_inserter(arguments));
  std::ranges::copy(objects, std::back_inserter(arguments));
  arguments.insert(arguments.end(), {"-o", result.string()});
  const attempt tried = try_to(directory, std::move(arguments), "link what was compiled");
  if (tried.ran.succeeded() && !can_be_loaded(result))
    throw machine_error(fmt::format("the compiler '{}' made no shared object that can be loaded",
                                    fmt::join(command_, " ")));
  if (tried.ran.succeeded()) return;
  if (!is_about_names(tried.ran.errors)) throw machine_error(tried.message);
  throw compile_error(tried.message);
}

std::vector<std::string> missing_names(const std::string& messages) {
  static const std::vector<std::regex> forms{
      std::regex{R"(implicit declaration of function '([^']+)')"},
      std::regex{R"(call to undeclared function '([^']+)')"},
      std::regex{R"(unknown type name '([^']+)')"},
      std::regex{R"('([^']+)' undeclared)"},
      std::regex{R"(use of undeclared identifier '([^']+)')"},
      std::regex{R"(undefined reference to [`']([^']+)')"},
      std::regex{R"(no member named '([^']+)')"}};
  std::vector<std::string> names;
  for (const std::regex& form : forms)
    for (std::sregex_iterator i(messages.begin(), messages.end(), form), end; i != end; ++i)
      if (const std::string name = (*i)[1]; std::ranges::find(names, name) == names.end())
        names.push_back(name);
  return names;
}

}  // namespace stockcheck::kernel_source
