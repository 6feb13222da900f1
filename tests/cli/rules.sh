# Rule packs on the command line: which there are, what they say, what is different, and the site.
source "$(dirname "$0")/lib.sh"
export XDG_CONFIG_HOME=$PWD/config HOME=$PWD

xieshang 0 rules list
expect_out "shandong"
xieshang 0 rules list --format json
expect_json "len(j['result']['packs'])" 11
expect_json "[p['base'] for p in j['result']['packs'] if p['id']=='ningbo'][0]" zhejiang

# By id, by the name of the place with and without 省 or 市, by the name of the step.
xieshang 0 rules show 送审 --pack 山东
expect_out "《山东省企业工资集体协商条例》第二十九条"
mv out first
for place in shandong 山东省; do
  xieshang 0 rules show filing --pack $place
  cmp -s out first || fail "$place is another 山东"
done
xieshang 0 rules show 公布 --pack 宁波 --format json
expect_json "j['result']['pack']['id']" ningbo
expect_json "[r['says'] for r in j['result']['rules'] if r['kind']=='limit'][0]" 5个工作日

# What was not verified is no law, and its number is not told as one.
xieshang 0 rules show publish --pack 四川 --format json
expect_json "[r for r in j['result']['rules'] if r['kind']=='limit' and 'for' not in r][0]['says']" 待核实
expect_json "any('n' in r for r in j['result']['rules'] if not r['verified'])" False

xieshang 2 rules show anser
expect_err "rule-unknown"
expect_err "answer"
xieshang 2 rules show --pack 山西
expect_err "rules-unknown"
expect_err "rules list"
xieshang 4 rules show --pack none.xml
expect_err "none.xml"

# Entry by entry.
xieshang 0 rules diff 全国 national
expect_out "nothing differs"
xieshang 1 rules diff national shandong --format json
expect_json "[c['after']['n'] for c in j['result']['changes'] if c.get('after',{}).get('id')=='talks-end']" "['60']"
cp -r "$SOURCE/templates/rules" old
sed -i 's/id="answer" for="wage" trigger="offer-received" n="10"/id="answer" for="wage" trigger="offer-received" n="12"/' old/shandong.xml
xieshang 1 rules diff old/shandong.xml 山东
expect_out "n: 12 → 10"
xieshang 1 rules diff old/shandong.xml 山东 --format json
expect_json "[(f['field'], f['before'], f['after']) for c in j['result']['changes'] for f in c['fields']]" "[('n', '12', '10')]"

# The site: stated, from the folder, none; and what is wrong with one.
cat >group.xml <<'XML'
<rules xmlns="urn:xieshang:rules:1" id="my-group" version="1" name="本集团">
  <law id="group-rules" grade="A" title="集团集体协商办法"/>
  <limit id="filing" trigger="signed" n="3" unit="日" source="group-rules:8" grade="A"/>
</rules>
XML
xieshang 0 check group.xml
xieshang 0 rules show filing --pack 山东 --site group.xml
expect_out "《集团集体协商办法》第八条"
expect_out "my-group"
mkdir -p config/xieshang/site
cp group.xml config/xieshang/site/
xieshang 0 eval "limit-text('filing')" --case "$factory"
expect_out "3日"
xieshang 0 eval "limit-text('filing')" --case "$factory" --site none
expect_out "7日"
xieshang 1 rules diff national group.xml --site none
expect_out "3日"
rm config/xieshang/site/group.xml
sed 's/group-rules:8/grup-rules:8/' group.xml >wrong.xml
xieshang 2 check wrong.xml
expect_err "wrong.xml:3:"
expect_err "did you mean “group-rules”?"
sed 's/trigger="signed"/trigger="singed"/' group.xml >wrong.xml
xieshang 2 check wrong.xml
expect_err "rules-trigger"
expect_err "did you mean “signed”?"
xieshang 2 due --case "$factory" --as-of 2025-04-22 --site wrong.xml
expect_err "rules-trigger"
sed 's/id="my-group"/id="my-group" base="shandon"/' group.xml >wrong.xml
xieshang 2 check wrong.xml
expect_err "rules-unknown"
xieshang 2 render --template offer-workers --case "$factory" --site wrong.xml -o x.pdf
expect_no_file x.pdf

# What a place wants to be handed in is asked for by the packet, under its own article.
cp -r "$SOURCE/samples/factory" .
sed -i 's/rules="national"/rules="shandong"/; /<attachment/,/>/d' factory/case.xml
xieshang 2 packet --plan filing --case factory/case.xml -o packet
expect_err "营业执照复印件"
expect_err "《山东省企业工资集体协商条例》第二十九条"

mkdir circle
cp "$SOURCE/templates/rules/laws.xml" circle
for pair in "a b" "b a"; do
  set -- $pair
  echo "<rules xmlns=\"urn:xieshang:rules:1\" id=\"$1\" version=\"1\" name=\"$1\" base=\"$2\"/>" >circle/"$1".xml
done
xieshang 2 check circle/a.xml
expect_err "rules-circle"
expect_err "must do without base"
finish
