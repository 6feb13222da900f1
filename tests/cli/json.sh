# --format json: one object on stdout, nothing on stderr.
source "$(dirname "$0")/lib.sh"

xieshang 0 render --template offer-workers --case "$factory" -o a.pdf --format json
expect_silent err
expect_json "j['program'], j['command'], j['exit']" "xieshang render 0"
expect_json "j['result']['file'], j['result']['bytes'] == $(wc -c <a.pdf)" "a.pdf True"

xieshang 0 dump --stage document --template offer-workers --case "$factory" --format json
expect_json "'要约书' in j['result']['text']" True
xieshang 0 templates --format json
expect_json "'offer-workers' in [t['id'] for t in j['result']['templates']]" True
expect_json "all(len(t['sha256']) == 64 and t['name'] and t['version'] for t in j['result']['templates'] + j['result']['plans'])" True
expect_json "[t['id'] for t in j['result']['templates']] == sorted(t['id'] for t in j['result']['templates'])" True
xieshang 0 fonts --format json
expect_json "'仿宋' in [f['role'] for f in j['result']['faces']]" True
xieshang 0 eval --list --format json
expect_json "all(f['name'] and f['example'] and f['result'] for f in j['result']['functions'])" True
xieshang 0 eval "date-zh('2024-03-05')" --format json
expect_json "j['result']['value']" "2024年3月5日"

printf '<case xmlns="urn:xieshang:case:1" id="x" kind="enterprise" year="2024"><titel/></case>' >bad.xml
xieshang 2 check bad.xml "$factory" --format json
expect_silent err
expect_json "[f['errors'] > 0 for f in j['result']['files']]" "[True, False]"
expect_json "j['diagnostics'][0]['file'], j['diagnostics'][0]['line'], j['diagnostics'][0]['column'], j['diagnostics'][0]['severity']" "bad.xml 1 72 error"

xieshang 4 check $'name-\xff.xml' --format json
expect_json "j['exit']" 4
finish
