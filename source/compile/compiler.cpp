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

/// What the kernel's own build allows is not warned of.
std::vector<std::string> common_flags() {
  return {"-std=gnu11",
          "-g",
          "-fPIC",
          "-fno-strict-aliasing",
          "-fno-strict-overflow",
          "-fno-delete-null-pointer-checks",
          "-ffile-prefix-map=kernel/=",
          "-Ikernel/include",
          "-Istand-in",
          "-Ishim",
          "-fvisibility=hidden",
          "-w",
          "-Werror=implicit-function-declaration",
          "-Werror=implicit-int",
          "-Werror=incompatible-pointer-types",
          "-Werror=int-conversion"};
}

}  // namespace

std::vector<std::string> compiler::flags(flavour of, bool is_checked) const {
  std::vector<std::string> flags = common_flags();
  if (of == flavour::native) {
    flags.insert(flags.end(), {"-O2", "-DSC_NATIVE"});
    return flags;
  }
  // Functions stay what they are in the source, for the reports.
  flags.insert(flags.end(), {"-O1", "-fno-inline"});
  if (!is_checked) return flags;
  const bool is_clang = version_.find("clang") != std::string::npos;
  flags.insert(flags.end(), {"-fsanitize=thread", "-fsanitize-coverage=trace-pc"});
  if (is_clang)
    flags.insert(flags.end(), {"-mllvm", "-tsan-instrument-func-entry-exit=0", "-mllvm",
                               "-tsan-instrument-memintrinsics=0"});
  else
    flags.insert(flags.end(), {"--param", "tsan-instrument-func-entry-exit=0"});
  return flags;
}

compiler::compiler(const language& of, const std::atomic<bool>* stop) : stop_(stop) {
  const char* const chosen = std::getenv(of.variable);
  program_ = chosen == nullptr || *chosen == '\0' ? of.usual : chosen;
  process_result asked;
  try {
    asked = run_process(
        {.arguments = {program_, "--version"}, .environment = plain_environment(), .stop = stop});
  } catch (const source_error& error) {
    throw source_error(fmt::format(
        "there is no {} compiler: {}; install one (apt-get install {}), or name it in {}", of.name,
        error.what(), of.package, of.variable));
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
  throw source_error(fmt::format("cannot {} ({}):\n{}", what, how_it_ended(done), done.errors));
}

void compiler::compile(const std::filesystem::path& directory, const std::string& file,
                       const std::string& object, std::vector<std::string> how) const {
  how.insert(how.end(), {"-c", file, "-o", object});
  run(directory, std::move(how), fmt::format("compile {}", file));
}

void compiler::link(const std::filesystem::path& directory, const std::vector<std::string>& objects,
                    const std::filesystem::path& result,
                    const std::vector<std::string>& how) const {
  std::vector<std::string> arguments{"-shared", "-Wl,-Bsymbolic"};
  std::ranges::copy(how, std::back_inserter(arguments));
  std::ranges::copy(objects, std::back_inserter(arguments));
  arguments.insert(arguments.end(), {"-o", result.string()});
  run(directory, std::move(arguments), "link what was compiled");
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
