# workflow check, workflow list, and check of a workflow file.
source "$(dirname "$0")/lib.sh"

table=$SOURCE/templates/workflow/bargaining.xml

xieshang 0 workflow check
expect_out "no problems"
xieshang 0 check "$table"
expect_out "no problems"
xieshang 0 workflow check "$table" --format json
expect_json "j['result']['sound']" True

# What is wrong is said with its place, whichever command is asked.
sed 's/figure="quorum"/figure="quorums"/; s/from="adopted" to="settled"/from="adopted" to="setled"/' "$table" >bad.xml
xieshang 2 check bad.xml
expect_err "workflow-name"
expect_err "settled"
sed 's/figure="quorum"/figure="quorums"/' "$table" >bad.xml
xieshang 2 workflow check bad.xml
expect_err "bad.xml:$(grep -n quorums bad.xml | cut -d: -f1):"
expect_err "workflow-name"
xieshang 4 workflow check nothing.xml
xieshang 3 workflow check a.xml b.xml

xieshang 0 workflow list
expect_out "the congress adopts"
expect_out "(end)"
xieshang 0 workflow list --format json
expect_json "[t['id'] for t in j['result']['tracks']]" "['talks', 'contract', 'ladder', 'dispute']"
expect_json "[s['settles'] for t in j['result']['tracks'] for s in t['steps']].count(True)" 1
expect_json "[g['basis'] for t in j['result']['tracks'] for s in t['steps'] if s['id'] == 'adopt' for g in s['guards'] if g['ground'] == 'figure']" "['quorum', 'majority', 'ballot']"
finish
