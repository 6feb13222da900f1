#include "support/world.h"

#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static const char good_case[] =
    "<case xmlns='urn:xieshang:case:1' id='c' kind='enterprise' year='2025'>\n"
    "<title>工资集体协商</title>\n"
    "<employer><name>甲厂</name><legal-representative>方总</legal-representative>\n"
    "<headcount total='100' women='20' dispatched='5'/></employer>\n"
    "<union><name>甲厂工会</name><chair>叶甲</chair></union>\n"
    "<authority><name>人社局</name></authority>\n"
    "<delegates side='workers' elected='2025-02-20'>\n"
    "<delegate id='w1' chief='yes' frontline='yes'><name>叶甲</name><sex>男</sex>"
    "<id-number>519999197806120011</id-number></delegate>\n"
    "<delegate id='w2'><name>苏乙</name><sex>男</sex></delegate>\n"
    "<delegate id='w3'><name>罗丙</name></delegate></delegates>\n"
    "<delegates side='employer' elected='2025-02-21'>\n"
    "<delegate id='e1' chief='yes'><name>方总</name></delegate>\n"
    "<delegate id='e2'><name>林二</name></delegate>\n"
    "<delegate id='e3'><name>纪三</name></delegate></delegates>\n"
    "<recorder><name>何青</name></recorder>\n"
    "<topics><topic id='t1'><name>工资</name></topic></topics>\n"
    "<offer id='o1' by='workers' date='2025-03-03'><meeting date='2025-03-28' place='一楼'/>\n"
    "<received date='2025-03-04' by='林二'/><withdrawn "
    "date='2025-06-01'>双方另议</withdrawn></offer>\n"
    "<answer id='a1' offer='o1' date='2025-03-18' result='accept'><meeting date='2025-03-28'/>"
    "</answer>\n"
    "<meeting id='m1' number='1' date='2025-03-28' start='14:30' place='一楼'>\n"
    "<chair>叶甲</chair><recorder>何青</recorder><agreed>乙</agreed></meeting>\n"
    "<suspension id='s1' from='2025-04-01' until='2025-04-20' to='2025-04-05' cause='agreement'>"
    "测定</suspension>\n"
    "<dispute id='d1' applied='2025-04-02' accepted='2025-04-03' extended='2025-05-03'"
    " closed='2025-05-10' result='settled'>幅度</dispute>\n"
    "<congress id='g1' body='职工代表大会' date='2025-04-18' contract='k1'><item>草案</item>\n"
    "<vote expected='99' present='66' in-favour='50' against='10' abstained='6' secret='yes'/>\n"
    "<chair>叶甲</chair></congress>\n"
    "<contract id='k1' kind='wage'><title>合同</title><term from='2025-06-01' to='2026-05-31'/>\n"
    "<deliberation date='2025-04-15'/>\n"
    "<signing date='2025-04-21' draft-date='2025-04-10'/>\n"
    "<filing date='2025-04-25' copies='3'><accepted date='2025-04-26'/>"
    "<statement>说明</statement></filing>\n"
    "<review date='2025-05-08' received='2025-04-26' delivered='2025-05-09' result='no-objection'>"
    "<opinion>无异议</opinion></review>\n"
    "<effect date='2025-05-09' by='opinion'/>\n"
    "<publication date='2025-05-12' place='一楼'/>\n"
    "<report date='2025-11-01' to='工会'>履行</report><report date='2026-05-01' to='工会'/>\n"
    "<ended date='2025-12-01' cause='agreement'>协商一致</ended></contract>\n"
    "<rectification id='r1' role='remind' date='2025-03-20' offer='o1'><to>甲厂</to><fact>一</fact>"
    "<service date='2025-03-21' method='直接'/></rectification>\n"
    "<rectification id='r2' role='opinion' date='2025-04-07' offer='o1'><to>甲厂</to>"
    "<fact>二</fact><service date='2025-04-08' method='直接'/></rectification>\n"
    "<rectification id='r3' role='demand' date='2025-05-12' offer='o1'><to>甲厂</to>"
    "<fact>三</fact><service date='2025-05-13' method='直接'/></rectification>\n"
    "<rectification id='r4' role='refer' date='2025-06-09' offer='o1'><to>人社局</to>"
    "<fact>四</fact></rectification>\n"
    "<rectification id='r5' role='publish' date='2025-07-21' offer='o1'><to>公众</to>"
    "<fact>五</fact></rectification>\n"
    "<closing date='2026-06-01' cause='concluded'>订立</closing>\n"
    "</case>\n";

static const char good_record[] =
    "<record as-of='2026-12-31'>\n"
    "<track kind='talks' key='' since='2025-01-01' state='agreed'/>\n"
    "<track kind='contract' key='k1' since='2025-01-02' state='signed'/>\n"
    "<track kind='ladder' key='o1' since='2025-01-03' state='referred'/>\n"
    "<track kind='dispute' key='d1' since='2025-01-04' state='settled'/>\n"
    "<document template='meeting-record' item='m1' valid='yes' complete='yes'/>\n"
    "<document template='contract-wage' item='k1' copy='draft' valid='yes' complete='yes'"
    " text-digest='aa'><slot name='叶甲' signed='2025-04-10'/></document>\n"
    "<document template='contract-wage' item='k1' copy='filing' valid='yes' complete='yes'>"
    "<slot name='方总' signed='2025-04-21'/>"
    "<slot name='甲厂' kind='seal' side='employer' signed='2025-04-21'/></document>\n"
    "<text item='k1' digest='aa'/>\n"
    "<deadline limit='answer' key='' due='2025-03-24'/>\n"
    "<deadline limit='suspension' key='' due='2025-05-31'/>\n"
    "<deadline limit='review' key='k1' due='2025-05-12'/>\n"
    "<deadline limit='effect' key='k1' due='2025-05-12'/>\n"
    "<deadline limit='renewal' key='k1' opens='2026-03-01' due='2026-05-31'/>\n"
    "<deadline limit='opinion-reply' key='o1' due='2025-04-29'/>\n"
    "<deadline limit='demand-reply' key='o1' due='2025-06-04'/>\n"
    "</record>\n";

/* Every figure that a guard asks for; what a place demands differently is put in by the tests. */
static const char good_rules[] =
    "<rules xmlns='urn:xieshang:rules:1' id='t' version='1' name='试'>\n"
    "<paper id='remind' name='提示函' grade='B'/><paper id='opinion' name='意见书' grade='B'/>\n"
    "<paper id='demand' name='整改意见书' grade='B'/><paper id='refer' name='建议书' grade='B'/>\n"
    "<paper id='publish' name='公告' grade='B'/>\n"
    "<limit id='answer' trigger='x' n='20' unit='日' source='r22:32' grade='A'/>\n"
    "<limit id='suspension' trigger='x' n='60' unit='日' source='r22:35' grade='A'/>\n"
    "<limit id='review' trigger='x' n='15' unit='日' source='r22:45' grade='A'/>\n"
    "<limit id='effect' trigger='x' n='15' unit='日' source='r22:47' grade='A'/>\n"
    "<limit id='renewal' trigger='x' n='3' unit='月' direction='backward' source='r22:38'"
    " grade='A'/>\n"
    "<limit id='opinion-reply' trigger='x' n='15' unit='工作日' source='r22:56' grade='A'/>\n"
    "<limit id='demand-reply' trigger='x' n='15' unit='工作日' source='r22:56' grade='A'/>\n"
    "<figure id='delegates-min' value='3' source='r22:19' grade='A'/>\n"
    "<figure id='delegates-max' value='10' source='r22:19' grade='A'/>\n"
    "<figure id='balance' value='equal' source='r22:19' grade='A'/>\n"
    "<figure id='outsiders-max' value='1/3' source='r22:23' grade='A'/>\n"
    "<figure id='frontline-min' value='1/3' source='r22:19' grade='A'/>\n"
    "<figure id='women-delegate-above' value='1/5' source='r22:19' grade='A'/>\n"
    "<figure id='dispatched-delegate-above' value='1/20' source='r22:19' grade='A'/>\n"
    "<figure id='quorum' value='2/3' source='r22:36' grade='A'/>\n"
    "<figure id='majority' value='at-least-half' source='r22:36' grade='A'/>\n"
    "<figure id='ballot' value='secret' source='r22:36' grade='A'/>\n"
    "<figure id='minutes-signed' value='chiefs' source='r22:34' grade='A'/>\n"
    "<figure id='copies-authority' value='3' source='r22:42' grade='A'/>\n"
    "<requirement id='delegates-first' source='r22:19' grade='A'/>\n"
    "<requirement id='workers-chief' source='r22:20' grade='A'/>\n"
    "<requirement id='employer-chief' source='r22:21' grade='A'/>\n"
    "<requirement id='one-side-only' source='r22:24' grade='A'/>\n"
    "<requirement id='neutral-recorder' source='r22:33' grade='A'/>\n"
    "<requirement id='draft-first' source='r22:34' grade='A'/>\n"
    "<requirement id='congress-adopts' source='r22:36' grade='A'/>\n"
    "<requirement id='chiefs-sign' source='r22:37' grade='A'/>\n"
    "<requirement id='objection-met' source='r22:46' grade='A'/>\n"
    "<requirement id='published-in-effect' source='r22:48' grade='A'/>\n"
    "</rules>\n";

static xs_engine *engine;
xs_diags *world_diags;
xs_workflow *world_workflow;
static const xs_schema *case_schema, *rules_schema;

/* Of a file in the folder of the test; until the next one is asked for. */
static const char *path_of(const char *file)
{
  static char path[256];
  snprintf(path, sizeof path, "%s/%s", world_dir, file);
  return path;
}

int world_set_up(void **state)
{
  const xs_host *host = xs_host_posix();
  const void *laws = NULL;
  size_t len = 0;
  world_diags = xs_diags_new(host);
  if (xs_engine_open(host, XS_TEST_ROOT, world_diags, &engine) ||
      xs_workflow_load(engine, world_diags, &world_workflow) ||
      xs_engine_schema(engine, XS_VOCABULARY_CASE, world_diags, &case_schema) ||
      xs_engine_schema(engine, XS_VOCABULARY_RULES, world_diags, &rules_schema))
    return -1;
  mkdir(world_dir, 0777);
  if (host->map(NULL, XS_TEST_ROOT "/templates/rules/laws.xml", 1 << 20, &laws, &len)) return -1;
  int failed = host->save(NULL, path_of("laws.xml"), laws, len);
  host->unmap(NULL, laws, len);
  return failed;
}

int world_tear_down(void **state)
{
  xs_workflow_free(world_workflow);
  xs_engine_close(engine);
  xs_diags_free(world_diags);
  return 0;
}

/* ---- a world in which something is spoilt ---- */

/* Replaces the first `what` in whichever text has it. */
void world_spoil(world *w, const char *what, const char *with)
{
  for (size_t i = 0; i < XS_COUNT(w->texts); i++) {
    const char *at = strstr(w->texts[i], what);
    if (!at) continue;
    size_t before = (size_t)(at - w->texts[i]), len = strlen(w->texts[i]) + strlen(with) + 1;
    char *text = malloc(len);
    snprintf(text, len, "%.*s%s%s", (int)before, w->texts[i], with, at + strlen(what));
    free(w->texts[i]);
    w->texts[i] = text;
    return;
  }
  fail_msg("“%s” is nowhere", what);
}

void world_say_all(void)
{
  xs_diag_view v;
  for (size_t i = 0; xs_diags_view(world_diags, i, &v); i++)
    print_error("%.*s:%u: %.*s [%.*s]\n", XS_TEXT(v.file), v.line, XS_TEXT(v.text),
                XS_TEXT(v.slug));
}

void world_open(world *w)
{
  const xs_host *host = xs_host_posix();
  xs_diags_clear(world_diags);
  w->a = xs_arena_new(host);
  const char *path = path_of("t.xml");
  assert_int_equal(host->save(NULL, path, w->texts[2], strlen(w->texts[2])), 0);
  xs_status st =
      xs_rules_load(host, rules_schema, xs_text_of(world_dir), XS_LIT("t"), world_diags, &w->rules);
  path = path_of("case.xml");
  assert_int_equal(host->save(NULL, path, w->texts[0], strlen(w->texts[0])), 0);
  if (!st) st = xs_case_load(host, case_schema, xs_text_of(path), world_diags, &w->kase);
  if (!st)
    st = xs_xml_parse(w->a, XS_LIT("record"), xs_text_of(w->texts[1]), world_diags, &w->record);
  if (st) world_say_all();
  assert_int_equal(st, XS_OK);
}

static void place_tracks(world *w, const char *kind, const char *state)
{
  const xs_track tracks[] = {
      {XS_LIT("talks"), XS_LIT(""), XS_LIT("begun")},
      {XS_LIT("contract"), XS_LIT("k1"), XS_LIT("draft")},
      {XS_LIT("ladder"), XS_LIT("o1"), XS_LIT("open")},
      {XS_LIT("dispute"), XS_LIT("d1"), XS_LIT("applied")},
  };
  for (size_t i = 0; i < XS_COUNT(tracks); i++) {
    w->tracks[i] = tracks[i];
    if (xs_text_is(tracks[i].kind, kind)) w->tracks[i].state = xs_text_of(state);
  }
  w->position = (xs_position){w->tracks, XS_COUNT(tracks)};
}

void world_try(world *w, const char *kind, const char *state, const char *step)
{
  world_open(w);
  place_tracks(w, kind, state);
  xs_date none = {0};
  bool has_date = w->attempt.date.year != 0;
  w->attempt = (xs_attempt){
      .workflow = world_workflow,
      .kase = w->kase,
      .rules = w->rules,
      .record = xmlDocGetRootElement(w->record),
      .position = &w->position,
      .step = xs_text_of(step),
      .date = has_date ? w->attempt.date : none,
      .reason = XS_LIT("理由"),
      .evidence_count = 1,
  };
  xs_status st = xs_workflow_try(w->a, &w->attempt, world_diags, &w->move);
  if (st != XS_OK && st != XS_EINPUT) fail_msg("status %d", (int)st);
  assert_int_equal(st == XS_OK, w->move.is_possible);
}

/* Ids of guards and slugs of other hindrances; a warning has a question mark. */
void world_assert_hindered(const world *w, const char *expected)
{
  char said[512] = "";
  size_t len = 0;
  for (size_t i = 0; i < w->move.hindrance_count; i++) {
    const xs_hindrance *h = &w->move.hindrances[i];
    xs_text what = h->guard.len ? h->guard : xs_text_of(xs_diag_slug(h->code));
    len += (size_t)snprintf(said + len, sizeof said - len, "%s%.*s%s", len ? " " : "",
                            XS_TEXT(what), xs_diag_severity(h->code) == XS_WARNING ? "?" : "");
  }
  if (strcmp(said, expected) != 0) world_say_all();
  assert_string_equal(said, expected);
}

static char *copy(const char *text)
{
  char *out = malloc(strlen(text) + 1);
  return out ? strcpy(out, text) : out;
}

void world_new(world *w)
{
  *w = (world){.texts = {copy(good_case), copy(good_record), copy(good_rules)}};
}

void world_close(world *w)
{
  for (size_t i = 0; i < XS_COUNT(w->texts); i++) free(w->texts[i]);
  xs_case_free(w->kase);
  xs_rules_free(w->rules);
  xs_arena_free(w->a);
}

/* A world_stated day, where the step has none of its own; 0 for none. */
uint32_t world_stated;

/* Tries `step` in `state` after replacements (what, with, …, NULL); expects these hindrances. */
void world_expect(const char *kind, const char *state, const char *step, const char *expected, ...)
{
  world w;
  va_list more;
  world_new(&w);
  va_start(more, expected);
  for (const char *what = va_arg(more, const char *); what; what = va_arg(more, const char *))
    world_spoil(&w, what, va_arg(more, const char *));
  va_end(more);
  if (world_stated) assert_true(xs_date_of_number(world_stated, &w.attempt.date));
  world_try(&w, kind, state, step);
  world_assert_hindered(&w, expected);
  world_close(&w);
  world_stated = 0;
}
