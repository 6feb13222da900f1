# bash completion for xieshang                                             -*- shell-script -*-
#
# Ids of templates and plans are asked of the program itself, so that they are always those of
# its data folder.

_xieshang_ids() {
  local program=$1 section=$2
  "$program" templates --format json 2>/dev/null |
    sed -n "/\"$section\": \[/,/^    \]/s/.*\"id\": \"\([^\"]*\)\".*/\1/p"
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

_xieshang() {
  local program=$1 word=$2 before=$3
  local commands="check render dump packet verify templates fonts eval"
  local common="--data-dir --format --help"
  local paper="--template --case --copy --date --item --blank"
  local -A options=(
    [check]="--format-9704 --all"
    [render]="$paper --output --flatten"
    [dump]="$paper --stage"
    [packet]="--plan --case --output --date --allow-missing --attach-case --flatten"
    [verify]=""
    [templates]="--show"
    [fonts]="--text"
    [eval]="--case --copy --date --list"
  )
  COMPREPLY=()

  local command="" i
  for ((i = 1; i < COMP_CWORD; i++)); do
    if [[ " $commands " == *" ${COMP_WORDS[i]} "* ]]; then
      command=${COMP_WORDS[i]}
      break
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
  --case | -c) _xieshang_files xml "$word" && return ;;
  --output | -o) _xieshang_files pdf "$word" && return ;;
  --data-dir)
    mapfile -t COMPREPLY < <(compgen -d -- "$word")
    return
    ;;
  --copy) _xieshang_words "filing public draft" "$word" && return ;;
  --stage | -s) _xieshang_words "document pages" "$word" && return ;;
  --format) _xieshang_words "text json" "$word" && return ;;
  --date | --item | --text) return ;;
  esac

  if [[ -z $command ]]; then
    _xieshang_words "$commands $common --version" "$word"
  elif [[ $word == -* ]]; then
    _xieshang_words "${options[$command]} $common" "$word"
  elif [[ $command == check && " ${COMP_WORDS[*]} " == *" --format-9704 "* ]]; then
    _xieshang_files pdf "$word"
  elif [[ $command == check ]]; then
    _xieshang_files xml "$word"
  elif [[ $command == verify ]]; then
    _xieshang_files zip "$word"
  else
    _xieshang_words "${options[$command]} $common" "$word"
  fi
}

complete -F _xieshang xieshang
