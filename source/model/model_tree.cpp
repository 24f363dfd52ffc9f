#include "source/model/model_tree.hpp"

#include "source/model/model_files.hpp"

namespace stockcheck::source {

model_tree::model_tree(const std::string& version) {
  identity_.version = version;
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
  const bool is_header = path.ends_with(".hpp");
  return is_header && (path.starts_with("model/memcg/") || path.starts_with("model/kernel/") ||
                       path.starts_with("checks/"));
}

tree_files model_tree::all() {
  tree_files files;
  for (const embedded_file& file : model_files()) files.emplace(file.name, file.text);
  return files;
}

bool model_tree::is_built_in(const std::string& path) {
  return path.starts_with("model/atomics/") || path.starts_with("explore/");
}

}  // namespace stockcheck::source
