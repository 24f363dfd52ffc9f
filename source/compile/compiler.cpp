#include "source/compile/compiler.hpp"

#include "source/source_error.hpp"
#include "source/system/run_process.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdlib>
#include <regex>

namespace stockcheck::source {

namespace {

/// Functions stay what they are in the source, for the reports; what the kernel's own build allows
/// is not warned of.
std::vector<std::string> common_flags() {
  return {"-std=gnu11",
          "-O1",
          "-g",
          "-fPIC",
          "-fno-inline",
          "-fno-strict-aliasing",
          "-fno-strict-overflow",
          "-fno-delete-null-pointer-checks",
          "-ffile-prefix-map=kernel/=",
          "-fvisibility=hidden",
          "-w",
          "-Werror=implicit-function-declaration",
          "-Werror=implicit-int",
          "-Werror=incompatible-pointer-types",
          "-Werror=int-conversion"};
}

}  // namespace

std::vector<std::string> compiler::flags(bool instrumented) const {
  std::vector<std::string> flags = common_flags();
  if (!instrumented) return flags;
  const bool is_clang = version_.find("clang") != std::string::npos;
  flags.insert(flags.end(), {"-fsanitize=thread", "-fsanitize-coverage=trace-pc"});
  if (is_clang)
    flags.insert(flags.end(), {"-mllvm", "-tsan-instrument-func-entry-exit=0", "-mllvm",
                               "-tsan-instrument-memintrinsics=0"});
  else
    flags.insert(flags.end(), {"--param", "tsan-instrument-func-entry-exit=0"});
  return flags;
}

compiler::compiler(const std::atomic<bool>* stop) : stop_(stop) {
  const char* const chosen = std::getenv("CC");
  program_ = chosen == nullptr || *chosen == '\0' ? "cc" : chosen;
  process_result asked;
  try {
    asked = run_process(
        {.arguments = {program_, "--version"}, .environment = plain_environment(), .stop = stop});
  } catch (const source_error& error) {
    throw source_error(fmt::format(
        "there is no C compiler: {}; install one (apt-get install gcc), or name it in CC",
        error.what()));
  }
  if (!asked.succeeded())
    throw source_error(fmt::format("'{} --version' failed with {}: {}", program_,
                                   how_it_ended(asked), asked.errors));
  version_ = asked.output;
}

void compiler::run(const std::filesystem::path& directory, std::vector<std::string> arguments,
                   const std::string& what) const {
  arguments.insert(arguments.begin(), program_);
  const process_result done = run_process({.arguments = std::move(arguments),
                                           .directory = directory,
                                           .environment = plain_environment(),
                                           .stop = stop_});
  if (done.succeeded()) return;
  const std::vector<std::string> missing = missing_names(done.errors);
  std::string hint;
  if (!missing.empty())
    hint = fmt::format("The shim of stockcheck lacks: {}\n", fmt::join(missing, ", "));
  throw source_error(
      fmt::format("cannot {} ({}):\n{}{}", what, how_it_ended(done), done.errors, hint));
}

void compiler::compile(const std::filesystem::path& directory, const std::string& file,
                       const std::string& object, const std::vector<std::string>& how) const {
  std::vector<std::string> arguments = how;
  arguments.insert(arguments.end(),
                   {"-Ikernel/include", "-Istand-in", "-Ishim", "-c", file, "-o", object});
  run(directory, std::move(arguments), fmt::format("compile {}", file));
}

void compiler::link(const std::filesystem::path& directory, const std::vector<std::string>& objects,
                    const std::filesystem::path& result) const {
  std::vector<std::string> arguments{"-shared", "-Wl,-Bsymbolic", "-Wl,-z,defs"};
  std::ranges::copy(objects, std::back_inserter(arguments));
  arguments.insert(arguments.end(), {"-o", result.string()});
  run(directory, std::move(arguments), "link the kernel's code");
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

}  // namespace stockcheck::source
