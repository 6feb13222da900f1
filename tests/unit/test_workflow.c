/* The table of a workflow: what loads, and what is refused with its place. */
#include "unit/unit.h"

#include "base/text.h"
#include "workflow/workflow.h"

#include <stdio.h>
#include <stdlib.h>

static xs_engine *engine;
static xs_diags *diags;

static int set_up(void **state)
{
  diags = xs_diags_new(xs_host_posix());
  return xs_engine_open(xs_host_posix(), XS_TEST_ROOT, diags, &engine);
}

static int tear_down(void **state)
{
  xs_engine_close(engine);
  xs_diags_free(diags);
  return 0;
}

/* A small table in which all is right; each test spoils one thing. */
static const char good[] =
    "<workflow xmlns='urn:xieshang:workflow:1' id='w' version='1' name='试'>\n"
    "<track id='talks' name='协商' en='talks' about='.' start='yes'>\n"
    "<state id='begun' name='立案' en='begun'/>\n"
    "<state id='agreed' name='达成' en='agreed'/>\n"
    "<state id='over' name='终结' en='over' final='yes'/>\n"
    "<step id='agree' name='达成' en='agree' from='begun' to='agreed' date='meeting/@date'>\n"
    "<open track='contract' each='contract'/></step>\n"
    "<step id='end' name='终结' en='end' from='begun agreed' to='over'/>\n"
    "</track>\n"
    "<track id='contract' name='合同' en='contract' about='contract' key='@id'>\n"
    "<state id='draft' name='草案' en='draft' copy='draft'/>\n"
    "<state id='signed' name='签字' en='signed' final='yes'/>\n"
    "<step id='sign' name='签字' en='sign' from='draft' to='signed' date='signing/@date'"
    " settles='yes'>\n"
    "<guard id='two' test='count(signing/signature) &gt;= 2' requirement='chiefs-sign'>\n"
    "<zh>没有都签字</zh><en>not all have signed</en></guard></step>\n"
    "</track></workflow>\n";

static void load(const char *text, xs_status expected)
{
  const xs_host *host = xs_host_posix();
  xs_workflow *w = NULL;
  xs_diags_clear(diags);
  assert_int_equal(host->save(host->user, "test_workflow.xml", text, strlen(text)), 0);
  assert_int_equal(xs_workflow_load_file(engine, XS_LIT("test_workflow.xml"), diags, &w), expected);
  assert_int_equal(w != NULL, expected == XS_OK);
  xs_workflow_free(w);
}

/* slug@line for each diagnostic. */
static void assert_said(const char *expected)
{
  char said[1024] = "";
  size_t len = 0;
  xs_diag_view v;
  for (size_t i = 0; xs_diags_view(diags, i, &v); i++)
    if (v.slug.len)
      len += (size_t)snprintf(said + len, sizeof said - len, "%s%.*s@%u", len ? " " : "",
                              XS_TEXT(v.slug), v.line);
  assert_string_equal(said, expected);
}

static void assert_spoilt(const char *what, const char *with, const char *expected)
{
  const char *at = strstr(good, what);
  if (!at) fail_msg("“%s” is not in the table", what);
  size_t before = (size_t)(at - good), len = sizeof good + strlen(with) - strlen(what);
  char *text = malloc(len);
  snprintf(text, len, "%.*s%s%s", (int)before, good, with, at + strlen(what));
  load(text, *expected ? XS_EINPUT : XS_OK);
  assert_said(expected);
  free(text);
}

static void test_workflow__shipped_table_loads(void **state)
{
  xs_workflow *w = NULL;
  assert_int_equal(xs_workflow_load(engine, diags, &w), XS_OK);
  assert_int_equal(xs_diags_count(diags, XS_NOTE), 0);
  assert_text(w->id, "bargaining");
  assert_int_equal(strlen(w->digest), 64);
  xs_workflow_free(w);
}

static void test_workflow__good_table_loads(void **state)
{
  assert_spoilt("name='试'", "name='试验'", "");
}

static void test_workflow__names(void **state)
{
  assert_spoilt("to='agreed'", "to='agred'", "workflow-name@6");
  assert_spoilt("from='begun agreed'", "from='begun agred'", "workflow-name@8");
  assert_spoilt("open track='contract'", "open track='contracts'", "workflow-name@7");
  assert_spoilt("<step id='sign'", "<step id='end'", "workflow-twice@13");
  assert_spoilt("<state id='agreed'", "<state id='begun'", "workflow-name@6 workflow-name@8");
}

static void test_workflow__expressions(void **state)
{
  assert_spoilt("meeting/@date", "meting/@date", "path-unknown@6");
  assert_spoilt("meeting/@date", "meeting[/@date", "expression-syntax@6");
  assert_spoilt("count(signing/signature)", "counts(signing/signature)", "function-unknown@14");
  assert_spoilt("count(signing/signature)", "count($sining/signature)", "variable-unknown@14");
  assert_spoilt("count(signing/signature)", "count($rule/any-name) + count($fact/seal)", "");
  assert_spoilt("count(signing/signature)", "count($fact/seel)", "path-unknown@14");
}

static void test_workflow__states_without_way_in_or_out(void **state)
{
  assert_spoilt("from='begun' to='agreed'", "from='agreed' to='agreed'", "workflow-unreachable@4");
  assert_spoilt("from='begun agreed' to='over'", "from='begun' to='over'", "workflow-dead-end@4");
  assert_spoilt("en='agreed'/>", "en='agreed' final='yes'/>", "workflow-dead-end@4");
  assert_spoilt("from='begun agreed' to='over'/>",
                "from='begun' to='over'/>"
                "<step id='on' name='再' en='on' from='agreed' to='agreed'/>",
                "workflow-circle@4");
  assert_spoilt("<open track='contract' each='contract'/>", "", "workflow-unreachable@10");
}

static void test_workflow__draft_and_final_text(void **state)
{
  assert_spoilt(" settles='yes'", "", "workflow-draft@13");
  assert_spoilt("en='agree' from='begun'", "en='agree' settles='yes' from='begun'",
                "workflow-draft@6");
  assert_spoilt("en='over' final='yes'", "en='over' final='yes' copy='draft'",
                "workflow-draft@8 workflow-draft@8");
}

static const char *find(const char *text, size_t len, const char *what)
{
  size_t wanted = strlen(what);
  for (size_t i = 0; i + wanted <= len; i++)
    if (memcmp(text + i, what, wanted) == 0) return text + i;
  return NULL;
}

/* The table in front of the packs, templates, roles and deadlines that there are. */
static void check(const char *what, const char *with, const char *expected)
{
  const xs_host *host = xs_host_posix();
  const void *ptr = NULL;
  size_t len = 0;
  assert_int_equal(
      host->map(NULL, XS_TEST_ROOT "/templates/workflow/bargaining.xml", 1 << 20, &ptr, &len), 0);
  const char *at = find((const char *)ptr, len, what);
  if (!at) fail_msg("“%s” is not in the table", what);
  size_t before = (size_t)(at - (const char *)ptr), room = len + strlen(with) + 1;
  char *text = malloc(room);
  snprintf(text, room, "%.*s%s%.*s", (int)before, (const char *)ptr, with,
           (int)(len - before - strlen(what)), at + strlen(what));
  host->unmap(NULL, ptr, len);
  assert_int_equal(host->save(NULL, "test_workflow.xml", text, strlen(text)), 0);
  free(text);
  xs_diags_clear(diags);
  xs_status st = xs_workflow_check(engine, "test_workflow.xml", diags);
  char said[256] = "";
  size_t said_len = 0;
  xs_diag_view v;
  for (size_t i = 0; xs_diags_view(diags, i, &v); i++)
    if (v.slug.len)
      said_len += (size_t)snprintf(said + said_len, sizeof said - said_len, "%s%.*s",
                                   said_len ? " " : "", XS_TEXT(v.slug));
  assert_string_equal(said, expected);
  assert_int_equal(st, *expected ? XS_EINPUT : XS_OK);
}

static void test_workflow__stands_on_what_there_is(void **state)
{
  check("version=\"1\"", "version=\"2\"", "");
  check("figure=\"quorum\"", "figure=\"quorums\"", "workflow-name");
  check("limit=\"answer\"", "limit=\"answers\"", "workflow-name");
  check("requirement=\"draft-first\"", "requirement=\"draft\"", "workflow-name");
  check("source=\"r9:17\"", "source=\"r90:17\"", "workflow-name");
  check("role=\"drafter\"", "role=\"draftsman\"", "role-unknown");
  check("template=\"filing-form\"", "template=\"filing-froms\"", "template-unknown");
  check("moments=\"offer-made\"", "moments=\"offer-maid\"", "workflow-name workflow-deadline");
}

/* A moment that no step brings about, and the deadlines that only it triggers. */
static void test_workflow__deadline_that_nobody_can_trigger(void **state)
{
  check(" moments=\"suspended\"", "", "workflow-deadline workflow-deadline");
  check(" delegate-vacant", "", "workflow-deadline workflow-deadline");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_workflow__shipped_table_loads),
      cmocka_unit_test(test_workflow__good_table_loads),
      cmocka_unit_test(test_workflow__names),
      cmocka_unit_test(test_workflow__expressions),
      cmocka_unit_test(test_workflow__states_without_way_in_or_out),
      cmocka_unit_test(test_workflow__draft_and_final_text),
      cmocka_unit_test(test_workflow__stands_on_what_there_is),
      cmocka_unit_test(test_workflow__deadline_that_nobody_can_trigger),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
