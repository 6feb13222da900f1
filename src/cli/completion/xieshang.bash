# bash completion for xieshang                                             -*- shell-script -*-
#
# Commands, options, ids of templates and plans are asked of the program itself, so that they are
# always those of this version and its data folder.

_xieshang_ids() {
  local program=$1 section=$2
  "$program" templates --format json 2>/dev/null |
    sed -n "/\"$section\": \[/,/^    \]/s/.*\"id\": \"\([^\"]*\)\".*/\1/p"
}

_xieshang_packs() {
  "$1" rules list 2>/dev/null | sed 's/ .*//'
}

_xieshang_files() {
  local pattern=$1 word=$2
  compopt -o filenames 2>/dev/null
  mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(
    compgen -d -- "$word"
    compgen -f -X "!*.$pattern" -- "$word"
  )
}

_xieshang_words() {
  mapfile -t COMPREPLY < <(compgen -W "$1" -- "$2")
}

# The commands of the whole, or of a group such as "case"; what its help page lists.
_xieshang_commands() {
  "$@" --help 2>/dev/null | sed -nE 's/^  ([a-z][a-z-]*( [a-z][a-z-]*)?)  +.*/\1/p'
}

_xieshang_options() {
  "$@" --help 2>/dev/null | sed -nE 's/^  (-., |    )(--[a-z0-9-]+).*/\2/p'
}

_xieshang() {
  local program=$1 word=$2 before=$3
  local all
  all=$(LC_ALL=C _xieshang_commands "$program")
  COMPREPLY=()

  # The command is one word or two.
  local command="" group="" i
  for ((i = 1; i < COMP_CWORD; i++)); do
    if grep -qxF -- "${group:+$group }${COMP_WORDS[i]}" <<<"$all"; then
      command="${group:+$group }${COMP_WORDS[i]}"
      break
    elif [[ -z $group ]] && grep -q "^${COMP_WORDS[i]} " <<<"$all"; then
      group=${COMP_WORDS[i]}
    fi
  done

  case $before in
  --template | -t)
    _xieshang_words "$(_xieshang_ids "$program" templates)" "$word"
    _xieshang_files xml "$word"
    return
    ;;
  --plan | -p)
    _xieshang_words "$(_xieshang_ids "$program" plans)" "$word"
    _xieshang_files xml "$word"
    return
    ;;
  --show)
    _xieshang_words "$(_xieshang_ids "$program" templates) $(_xieshang_ids "$program" plans)" "$word"
    return
    ;;
  --case | -c | --with) _xieshang_files xml "$word" && return ;;
  --role)
    _xieshang_words "drafter reviewer approver seal-keeper archivist auditor" "$word"
    return
    ;;
  --output | -o)
    [[ $command != workflow\ graph ]] || _xieshang_files svg "$word"
    [[ $command != log\ export ]] || _xieshang_files jsonl "$word"
    _xieshang_files pdf "$word"
    return
    ;;
  --track) _xieshang_words "talks contract ladder dispute" "$word" && return ;;
  --data-dir | --papers)
    mapfile -t COMPREPLY < <(compgen -d -- "$word")
    return
    ;;
  --pack)
    _xieshang_words "$(_xieshang_packs "$program")" "$word"
    _xieshang_files xml "$word"
    return
    ;;
  --site) _xieshang_files xml "$word" && return ;;
  --means) _xieshang_words "wet-ink seal-picture" "$word" && return ;;
  --file)
    [[ $command != log\ * ]] || _xieshang_files jsonl "$word"
    _xieshang_files pdf "$word"
    _xieshang_files png "$word"
    return
    ;;
  --copy) _xieshang_words "filing public draft" "$word" && return ;;
  --stage | -s) _xieshang_words "document pages" "$word" && return ;;
  --roll) _xieshang_words "on not" "$word" && return ;;
  --format) _xieshang_words "text json" "$word" && return ;;
  --store) _xieshang_files db "$word" && return ;;
  --ics) _xieshang_files ics "$word" && return ;;
  --date | --item | --head | --text | --into | --base | --rules | --state | --as | --as-of | --reason | --document | --slot | --suspend | --person | --union | --campaign) return ;;
  esac

  local options
  # shellcheck disable=SC2086
  options=$(_xieshang_options "$program" $command)
  if [[ -z $command && -n $group ]]; then
    _xieshang_words "$(sed -n "s/^$group //p" <<<"$all")" "$word"
  elif [[ -z $command ]]; then
    _xieshang_words "$(sed 's/ .*//' <<<"$all" | sort -u) $options" "$word"
  elif [[ $word == -* ]]; then
    _xieshang_words "$options" "$word"
  elif [[ $command == check && " ${COMP_WORDS[*]} " == *" --format-9704 "* ]]; then
    _xieshang_files pdf "$word"
  elif [[ $command == check || $command == "case new" ]]; then
    _xieshang_files xml "$word"
  elif [[ $command == "store backup" ]]; then
    _xieshang_files db "$word"
  elif [[ $command == "rules diff" ]]; then
    _xieshang_words "$(_xieshang_packs "$program")" "$word"
    _xieshang_files xml "$word"
  elif [[ $command == verify || $command == "case import" ]]; then
    _xieshang_files zip "$word"
  elif [[ $command == "sign freeze" ]]; then
    _xieshang_words "$(_xieshang_ids "$program" templates)" "$word"
  else
    _xieshang_words "$options" "$word"
  fi
}

complete -F _xieshang xieshang
