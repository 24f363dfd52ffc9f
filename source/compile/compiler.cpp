#include "source/compile/compiler.hpp"

#include "source/compile/compile_error.hpp"
#include "source/system/run_process.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <regex>

namespace stockcheck::source {

namespace {

/// Minutes, for a busy machine: some seconds are usual.
constexpr std::chrono::minutes compile_limit{10};

/// What a compiler says, as it does of wrong code, when its parts are killed or a disk is full.
bool is_trouble_of_machine(const std::string& messages) {
  static constexpr std::array marks{"No space left on device", " terminated program ",
                                    "unable to execute command"};
  return std::ranges::any_of(
      marks, [&](const char* mark) { return messages.find(mark) != std::string::npos; });
}

}  // namespace

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
                                           .limit = compile_limit,
                                           .stop = stop_});
  if (done.succeeded()) return;
  const std::string message =
      fmt::format("cannot {} ({}):\n{}", what, how_it_ended(done), done.errors);
  if (done.signal != 0 || is_trouble_of_machine(done.errors)) throw source_error(message);
  throw compile_error(message);
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
