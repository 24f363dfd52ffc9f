# SPDX-License-Identifier: GPL-2.0-only
# Completion for fish: the command knows its own words.
function __stockcheck_words
    set -l line (commandline -opc)
    $line[1] complete -- $line[2..] (commandline -ct) 2>/dev/null
end
complete -c stockcheck -a '(__stockcheck_words)'
