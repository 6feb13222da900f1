# Bash completes commands, options, their values, and the ids of templates and plans.
source "$(dirname "$0")/lib.sh"
script=$SOURCE/src/cli/completion/xieshang.bash
# shellcheck source=/dev/null
source "$script"

# complete_line WORD…: what is offered for the last word
complete_line() {
  COMP_WORDS=("$XIESHANG" "$@")
  COMP_CWORD=$#
  local count=${#COMP_WORDS[@]}
  _xieshang "$XIESHANG" "${COMP_WORDS[count - 1]}" "${COMP_WORDS[count - 2]}" 2>err
  offered=" ${COMPREPLY[*]:-} "
}
offers() { [[ $offered == *" $1 "* ]] || fail "“$1” is not among:$offered"; }
offers_not() { [[ $offered != *" $1 "* ]] || fail "“$1” is among:$offered"; }

complete_line ""
for command in "${commands[@]}"; do offers "${command%% *}"; done
complete_line re && offers render && offers_not packet
complete_line render -- && offers --template && offers --blank && offers_not --plan
complete_line packet --a && offers --allow-missing && offers --attach-case
complete_line render --copy "" && offers filing && offers public && offers draft
complete_line dump --stage p && offers pages && offers_not document
complete_line render --template offer-w && offers offer-workers
complete_line templates --show offer-w && offers offer-workers
touch a.xml b.zip
mkdir folder
complete_line check "" && offers a.xml && offers folder && offers_not b.zip
complete_line verify "" && offers b.zip && offers_not a.xml


# Every command offers the options of its help page, and each group its commands.
for command in "${commands[@]}"; do
  read -ra words <<<"$command"
  complete_line "${words[@]}" -- && offers --help
  if ((${#words[@]} == 2)); then
    complete_line "${words[0]}" "" && offers "${words[1]}"
  fi
done
finish
