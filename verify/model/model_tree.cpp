// SPDX-License-Identifier: GPL-2.0-only
#include "verify/model/model_tree.hpp"

#include "harness/objects/scenario_builder.hpp"
#include "harness/objects/scenario_files.hpp"
#include "kernel_source/compile/kept_object.hpp"

#include <fmt/format.h>

namespace stockcheck::verify {

using namespace kernel_source;

namespace {

std::string digest() {
  constexpr std::size_t enough = 8;
  content_key key;
  for (const embedded_file& file : harness::scenario_files()) {
    key.add(file.name);
    key.add(file.text);
  }
  return key.text().substr(0, enough);
}

}  // namespace

model_tree::model_tree(const std::string& version) {
  identity_.version = fmt::format("{}, model {}", version, digest());
  identity_.place = "the model in stockcheck";
}

tree_files model_tree::read(const std::vector<std::string>& paths) const {
  const tree_files known = all();
  tree_files found;
  for (const std::string& path : paths) {
    require_safe(path, identity_.place);
    if (const auto file = known.find(path); file != known.end()) found.insert(*file);
  }
  return found;
}

bool model_tree::is_subject(const std::string& path) const {
  return path.ends_with(".hpp") && (path.starts_with("model/") || path.starts_with("checks/"));
}

bool model_tree::leaves_out(const std::string& path) const {
  return !is_subject(path) && !is_built_in(path);
}

tree_files model_tree::all() { return harness::shipped_scenario_files(); }

bool model_tree::is_built_in(const std::string& path) {
  return path.starts_with("model/atomics/") || path.starts_with("explore/") ||
         path.starts_with("kernel_source/") || path.starts_with("verdict/");
}

}  // namespace stockcheck::verify
