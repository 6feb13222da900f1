#include "unit/unit.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/text.h"
#include "data/rules.h"
#include "support/fail_host.h"

#include <stdio.h>

typedef struct fixture {
  xs_arena *arena;
  xs_diags *diags;
  const xs_schema *schema;
} fixture;

static int set_up(void **state)
{
  static fixture f;
  f = (fixture){xs_arena_new(xs_host_posix()), xs_diags_new(xs_host_posix()), NULL};
  assert_int_equal(xs_schema_load(f.arena, XS_LIT(XS_TEST_ROOT "/templates/schema/rules.rng"),
                                  f.diags, &f.schema),
                   XS_OK);
  *state = &f;
  return 0;
}

static int tear_down(void **state)
{
  fixture *f = *state;
  xs_arena_free(f->arena);
  xs_diags_free(f->diags);
  return 0;
}

static xs_rules *load(fixture *f, const char *dir, const char *id, xs_status expected)
{
  xs_rules *rules = NULL;
  xs_diags_clear(f->diags);
  assert_int_equal(
      xs_rules_load(xs_host_posix(), f->schema, xs_text_of(dir), xs_text_of(id), f->diags, &rules),
      expected);
  return rules;
}

static xs_rules *load_shipped(fixture *f, const char *id)
{
  return load(f, XS_TEST_ROOT "/templates/rules", id, XS_OK);
}

/* ---- packs made for a test ---- */

#define NS "xmlns='urn:xieshang:rules:1' version='1'"

static void write_packs(const char *dir, const xs_host_file *files, size_t count)
{
  const xs_host *host = xs_host_posix();
  assert_int_equal(host->save_dir(host->user, dir, files, count, NULL, 0), 0);
}

#define FILE_OF(name, text)                                                                        \
  {                                                                                                \
    XS_LIT(name), text, sizeof(text) - 1                                                           \
  }

static const char laws[] = "<laws " NS "><law id='l1' grade='A' title='甲法'/>"
                           "<law id='l2' grade='N' title='乙法'/></laws>";

static void assert_refused(fixture *f, const char *dir, const char *id, const char *slug,
                           uint32_t line)
{
  assert_null(load(f, dir, id, XS_EINPUT));
  xs_diag_view v;
  assert_true(xs_diags_view(f->diags, 0, &v));
  assert_text(v.slug, slug);
  assert_int_equal(v.line, line);
}

static void test_rules__overlay_replaces_and_adds(void **state)
{
  static const char base[] = "<rules " NS " id='base' name='底'>"
                             "<limit id='answer' trigger='t' n='20' unit='日' source='l1:1'"
                             " grade='A'/><figure id='quorum' value='2/3' source='l1' grade='A'/>"
                             "</rules>";
  static const char top[] = "<rules " NS " id='top' name='上' base='base' applies='wage'>"
                            "<limit id='answer' trigger='t' n='10' unit='工作日' source='l1:2'"
                            " grade='B'/><limit id='more' trigger='t' n='1' unit='月' source='l2'"
                            " grade='N'/></rules>";
  const xs_host_file files[] = {FILE_OF("laws.xml", laws), FILE_OF("base.xml", base),
                                FILE_OF("top.xml", top)};
  write_packs("test_rules.overlay", files, XS_COUNT(files));
  xs_rules *r = load(*state, "test_rules.overlay", "top", XS_OK);
  assert_text(r->id, "top");
  const xmlNode *root = xmlDocGetRootElement(r->doc);
  assert_text(xs_xml_attr(root, "name"), "上");
  assert_text(xs_xml_attr(root, "applies"), "wage");
  const xmlNode *answer = xs_rules_limit(r, XS_LIT("answer"));
  assert_text(xs_xml_attr(answer, "n"), "10");
  assert_int_not_equal(xs_xml_attr_span(answer, "n").source, 0);
  assert_ptr_equal(answer, xs_xml_child(root, NULL));
  assert_text(xs_xml_attr(xs_rules_figure(r, XS_LIT("quorum")), "value"), "2/3");
  assert_non_null(xs_rules_limit(r, XS_LIT("more")));
  assert_null(xs_rules_limit(r, XS_LIT("none")));
  assert_text(xs_xml_attr(xs_rules_law(r, XS_LIT("l1")), "title"), "甲法");
  xs_rules_free(r);
}

static void test_rules__circles_are_refused(void **state)
{
  static const char a[] = "<rules " NS " id='a' name='a' base='b'/>";
  static const char b[] = "<rules " NS " id='b' name='b'\n base='a'/>";
  const xs_host_file files[] = {FILE_OF("laws.xml", laws), FILE_OF("a.xml", a),
                                FILE_OF("b.xml", b)};
  write_packs("test_rules.circle", files, XS_COUNT(files));
  assert_refused(*state, "test_rules.circle", "a", "rules-circle", 2);
}

static void test_rules__laws_must_exist(void **state)
{
  static const char a[] = "<rules " NS " id='a' name='a'>\n<basis paper='offer' laws='l1:3 l9'/>"
                          "</rules>";
  const xs_host_file files[] = {FILE_OF("laws.xml", laws), FILE_OF("a.xml", a)};
  write_packs("test_rules.laws", files, XS_COUNT(files));
  assert_refused(*state, "test_rules.laws", "a", "rules-law", 2);
}

static void test_rules__entries_stand_once(void **state)
{
  static const char a[] = "<rules " NS " id='a' name='a'>\n<paper id='x' name='x' grade='N'/>\n"
                          "<paper id='x' name='y' grade='N'/></rules>";
  const xs_host_file files[] = {FILE_OF("laws.xml", laws), FILE_OF("a.xml", a)};
  write_packs("test_rules.twice", files, XS_COUNT(files));
  assert_refused(*state, "test_rules.twice", "a", "rules-twice", 3);
}

static void test_rules__id_is_the_name_of_the_file(void **state)
{
  static const char a[] = "<rules " NS "\n id='b' name='a'/>";
  const xs_host_file files[] = {FILE_OF("laws.xml", laws), FILE_OF("a.xml", a)};
  write_packs("test_rules.id", files, XS_COUNT(files));
  assert_refused(*state, "test_rules.id", "a", "rules-id", 2);
}

static xs_status check_file(fixture *f, const char *path)
{
  xs_diags_clear(f->diags);
  return xs_rules_check(xs_host_posix(), f->schema, XS_LIT(""), xs_text_of(path), f->diags);
}

static void test_rules__files_are_checked_with_their_bases(void **state)
{
  static const char a[] = "<rules " NS " id='a' name='a' base='none'/>";
  static const char twice[] = "<laws " NS "><law id='l' grade='A' title='甲'/>\n"
                              "<law id='l' grade='A' title='乙'/></laws>";
  const xs_host_file whole[] = {FILE_OF("laws.xml", twice), FILE_OF("a.xml", a)};
  const xs_host_file alone[] = {FILE_OF("a.xml", a)};
  fixture *f = *state;
  write_packs("test_rules.whole", whole, XS_COUNT(whole));
  write_packs("test_rules.alone", alone, XS_COUNT(alone));
  assert_int_equal(check_file(f, "test_rules.whole/a.xml"), XS_EINPUT);
  assert_int_equal(check_file(f, "test_rules.whole/laws.xml"), XS_EINPUT);
  assert_int_equal(check_file(f, "test_rules.alone/a.xml"), XS_OK);
  assert_int_equal(check_file(f, XS_TEST_ROOT "/templates/rules/hangzhou.xml"), XS_OK);
  assert_int_equal(check_file(f, XS_TEST_ROOT "/templates/rules/laws.xml"), XS_OK);
}

static void test_rules__unknown_pack_has_a_suggestion(void **state)
{
  fixture *f = *state;
  assert_refused(f, XS_TEST_ROOT "/templates/rules", "shangdong", "rules-unknown", 0);
  xs_diag_view v;
  assert_true(xs_diags_view(f->diags, 1, &v));
  assert_non_null(strstr(v.text.ptr, "shandong"));
  assert_refused(f, XS_TEST_ROOT "/templates/rules", "../schema/case", "rules-unknown", 0);
  assert_refused(f, XS_TEST_ROOT "/templates/rules", "laws", "rules-unknown", 0);
}

/* ---- what holds for whom, and when ---- */

static const char kinds_base[] =
    "<rules " NS " id='base' name='底'><step id='s' name='送审'/>"
    "<limit id='filing' name='送审' step='s' trigger='t' n='10' unit='日' source='l3:42'"
    " grade='A'/><limit id='filing' for='wage' trigger='t' n='7' unit='日' source='l1:21'"
    " grade='A'/><figure id='copies' value='3' source='l1' grade='A'/></rules>";
static const char kinds_top[] =
    "<rules " NS " id='top' name='上' base='base' applies='wage'>"
    "<limit id='filing' for='wage' from='2017-01-01' to='2019-12-31' trigger='t' n='5' unit='日'"
    " source='l1' grade='A'/><limit id='filing' for='wage' from='2020-01-01' trigger='t' n='6'"
    " unit='日' source='l1' grade='A'/><figure id='copies' value='5' source='l1' grade='A'/>"
    "</rules>";
static const char kinds_laws[] =
    "<laws " NS "><law id='l1' grade='A' title='甲法'/>"
    "<law id='l3' grade='A' title='丙法' in-force='2004-05-01'/></laws>";

static void write_kinds(const char *dir)
{
  const xs_host_file files[] = {FILE_OF("laws.xml", kinds_laws), FILE_OF("base.xml", kinds_base),
                                FILE_OF("top.xml", kinds_top)};
  write_packs(dir, files, XS_COUNT(files));
}

static const struct {
  const char *kind;
  xs_date on;
  const char *n; /* NULL: nothing holds */
} asked[] = {
    {"wage", {2016, 12, 31}, "7"},   {"wage", {2017, 1, 1}, "5"}, {"wage", {2019, 12, 31}, "5"},
    {"wage", {2020, 1, 1}, "6"},     {"wage", {0, 0, 0}, "6"},    {"safety", {2020, 1, 1}, "10"},
    {"safety", {2004, 4, 30}, NULL}, {"", {2020, 1, 1}, "10"},
};

static void assert_answers(const xs_rules *r)
{
  for (size_t i = 0; i < XS_COUNT(asked); i++) {
    const xmlNode *e =
        xs_rules_limit_for(r, XS_LIT("filing"), xs_text_of(asked[i].kind), asked[i].on);
    if (!asked[i].n) {
      assert_null(e);
      continue;
    }
    assert_text(xs_xml_attr(e, "n"), asked[i].n);
    assert_text(xs_xml_attr(e, "name"), "送审");
    assert_text(xs_xml_attr(e, "step"), "s");
  }
}

static void test_rules__kind_and_day_choose_the_entry(void **state)
{
  write_kinds("test_rules.kinds");
  xs_rules *r = load(*state, "test_rules.kinds", "top", XS_OK);
  assert_answers(r);
  const xmlNode *general = xs_rules_limit(r, XS_LIT("filing"));
  assert_text(xs_xml_attr(general, "from"), "2004-05-01");
  assert_text(xs_xml_attr(general, "pack"), "base");
  assert_false(xmlHasProp(general, BAD_CAST "to"));
  const xmlNode *before =
      xs_rules_limit_for(r, XS_LIT("filing"), XS_LIT("wage"), (xs_date){2010, 1, 1});
  assert_text(xs_xml_attr(before, "to"), "2019-12-31");
  size_t count = 0;
  for (const xmlNode *e = NULL; (e = xs_rules_limit_next(r, XS_LIT("filing"), XS_LIT("wage"), e));)
    count++;
  assert_int_equal(count, 4);
  xs_rules_free(r);
}

static void test_rules__covered_entries_are_left_out(void **state)
{
  write_kinds("test_rules.covered");
  xs_rules *r = load(*state, "test_rules.covered", "top", XS_OK);
  const xmlNode *root = xmlDocGetRootElement(r->doc);
  assert_int_equal(xs_xml_count(root, "figure"), 1);
  assert_text(xs_xml_attr(xs_rules_figure(r, XS_LIT("copies")), "value"), "5");
  xs_rules_free(r);
}

static void test_rules__bytes_give_the_same_pack(void **state)
{
  fixture *f = *state;
  write_kinds("test_rules.bytes");
  xs_rules *r = load(f, "test_rules.bytes", "top", XS_OK), *again = NULL;
  xs_buf first, second;
  xs_buf_init(&first, xs_host_posix(), 1 << 20);
  xs_buf_init(&second, xs_host_posix(), 1 << 20);
  assert_int_equal(xs_rules_bytes(r, &first), XS_OK);
  assert_int_equal(xs_rules_of_bytes(xs_host_posix(), xs_buf_view(&first), f->diags, &again),
                   XS_OK);
  assert_int_equal(xs_rules_bytes(again, &second), XS_OK);
  assert_true(xs_text_equal(xs_buf_view(&first), xs_buf_view(&second)));
  assert_string_equal(xs_rules_digest(r), xs_rules_digest(again));
  assert_int_equal(strlen(xs_rules_digest(r)), 64);
  assert_text(again->id, "top");
  assert_answers(again);
  xs_buf_free(&first);
  xs_buf_free(&second);
  xs_rules_free(r);
  xs_rules_free(again);
}

static void test_rules__other_bytes_are_no_pack(void **state)
{
  fixture *f = *state;
  xs_rules *r = NULL;
  static const char bytes[] = "<rules " NS " id='a' name='a'/>";
  xs_diags_clear(f->diags);
  assert_int_equal(xs_rules_of_bytes(xs_host_posix(), XS_LIT(bytes), f->diags, &r), XS_EINPUT);
  assert_null(r);
  xs_diag_view v;
  assert_true(xs_diags_view(f->diags, 0, &v));
  assert_text(v.slug, "rules-bytes");
  assert_int_equal(xs_rules_of_bytes(xs_host_posix(), XS_LIT("<pack"), f->diags, &r), XS_EINPUT);
}

/* ---- mistakes in a pack ---- */

static const struct {
  const char *slug;
  const char *entry;
} mistakes[] = {
    {"rules-grade", "<limit id='x' trigger='t' n='1' unit='日' source='l2' grade='A'/>"},
    {"rules-law", "<limit id='x' trigger='t' n='1' unit='日' source='l9' grade='N'/>"},
    {"rules-step", "<figure id='x' step='none' value='1' source='l1' grade='A'/>"},
    {"date-invalid", "<figure id='x' from='2025-02-30' value='1' source='l1' grade='A'/>"},
    {"date-order", "<figure id='x' from='2025-03-01' to='2025-02-01' value='1' source='l1'"
                   " grade='A'/>"},
    {"rules-twice", "<paper id='x' name='x' grade='N' to='2020-01-01'/>"
                    "<paper id='x' name='x' grade='N' from='2020-01-01'/>"},
    {"rules-twice", "<paper id='x' name='x' grade='N' for='wage safety'/>"
                    "<paper id='x' name='x' grade='N' for='women wage'/>"},
};

static void test_rules__mistakes_are_told(void **state)
{
  for (size_t i = 0; i < XS_COUNT(mistakes); i++) {
    char text[600];
    int len = snprintf(text, sizeof text, "<rules " NS " id='a' name='a'>\n%s</rules>",
                       mistakes[i].entry);
    const xs_host_file files[] = {FILE_OF("laws.xml", laws), {XS_LIT("a.xml"), text, (size_t)len}};
    write_packs("test_rules.mistakes", files, XS_COUNT(files));
    assert_refused(*state, "test_rules.mistakes", "a", mistakes[i].slug, 2);
  }
}

static void test_rules__triggers_are_moments(void **state)
{
  fixture *f = *state;
  static const char workflow[] = "<workflow><moment id='t2'/><moment id='signed'/></workflow>";
  write_kinds("test_rules.triggers");
  xs_rules *r = load(f, "test_rules.triggers", "base", XS_OK);
  xmlDocPtr doc = NULL;
  assert_int_equal(xs_xml_parse(f->arena, XS_LIT("w"), XS_LIT(workflow), f->diags, &doc), XS_OK);
  assert_int_equal(xs_rules_check_triggers(r, xmlDocGetRootElement(doc), f->diags), XS_EINPUT);
  xs_diag_view v;
  assert_true(xs_diags_view(f->diags, 0, &v));
  assert_text(v.slug, "rules-trigger");
  xs_rules_free(r);
}

/* ---- the kind of contract in question ---- */

static void assert_kind(fixture *f, const xs_rules *r, const char *text, const char *element,
                        const char *kind)
{
  xmlDocPtr doc = NULL;
  assert_int_equal(xs_xml_parse(f->arena, XS_LIT("c"), xs_text_of(text), f->diags, &doc), XS_OK);
  const xmlNode *root = xmlDocGetRootElement(doc), *e = root;
  while (e && !xs_xml_is(e, element)) e = xs_xml_walk(root, e);
  assert_non_null(e);
  xs_text found = xs_rules_kind_of(r, e);
  assert_true(xs_text_is(found, kind));
}

static void test_rules__kind_is_that_of_the_contract_in_question(void **state)
{
  fixture *f = *state;
  write_kinds("test_rules.kind_of");
  xs_rules *wage = load(f, "test_rules.kind_of", "top", XS_OK);
  xs_rules *any = load(f, "test_rules.kind_of", "base", XS_OK);
  static const char two[] = "<case><offer/><congress contract='b'><vote/></congress>"
                            "<contract id='a' kind='wage'><filing/></contract>"
                            "<contract id='b' kind='safety'/></case>";
  assert_kind(f, any, two, "filing", "wage");
  assert_kind(f, any, two, "vote", "safety");
  assert_kind(f, wage, two, "offer", "");
  static const char one[] = "<case><offer/><contract id='a' kind='women'/></case>";
  assert_kind(f, wage, one, "offer", "women");
  assert_kind(f, any, "<case><offer kind='wage'><received/></offer></case>", "received", "wage");
  assert_kind(f, any, "<case><offer/></case>", "offer", "");
  assert_kind(f, wage, "<case><offer/></case>", "offer", "wage");
  assert_true(xs_text_is(xs_rules_kind_of(wage, NULL), "wage"));
  xs_rules_free(wage);
  xs_rules_free(any);
}

static void test_rules__last_days_roll_forward_only(void **state)
{
  fixture *f = *state;
  static const char text[] = "<r><a/><b direction='backward'/><c roll='not'/>"
                             "<d direction='backward' roll='on'/></r>";
  xmlDocPtr doc = NULL;
  assert_int_equal(xs_xml_parse(f->arena, XS_LIT("r"), XS_LIT(text), f->diags, &doc), XS_OK);
  const xmlNode *root = xmlDocGetRootElement(doc);
  assert_true(xs_rules_rolls(xs_xml_child(root, "a")));
  assert_false(xs_rules_rolls(xs_xml_child(root, "b")));
  assert_false(xs_rules_rolls(xs_xml_child(root, "c")));
  assert_true(xs_rules_rolls(xs_xml_child(root, "d")));
}

/* ---- the site ---- */

static xs_rules *load_site(fixture *f, const char *const *paths, size_t count, const char *id,
                           xs_status expected)
{
  xs_text list[4];
  for (size_t i = 0; i < count; i++) list[i] = xs_text_of(paths[i]);
  const xs_rules_site site = {list, count};
  xs_rules *r = NULL;
  xs_diags_clear(f->diags);
  assert_int_equal(xs_rules_load_site(xs_host_posix(), f->schema, XS_LIT("test_rules.site"),
                                      xs_text_of(id), &site, f->diags, &r),
                   expected);
  return r;
}

static void write_site(const char *const *texts, size_t count)
{
  static const char *const names[] = {"s0.xml", "s1.xml", "s2.xml"};
  xs_host_file files[3];
  write_kinds("test_rules.site");
  for (size_t i = 0; i < count; i++)
    files[i] = (xs_host_file){xs_text_of(names[i]), texts[i], strlen(texts[i])};
  write_packs("test_rules.over", files, count);
}

static void test_rules__site_lies_over_every_pack(void **state)
{
  static const char *const texts[] = {
      "<rules " NS " id='firm' name='本单位'><law id='own' grade='A' title='集团办法'/>"
      "<limit id='filing' trigger='t' n='3' unit='日' source='own:2' grade='A'/>"
      "<figure id='copies' value='6' source='own' grade='A'/></rules>",
      "<rules " NS " id='branch' name='分公司' base='top'>"
      "<figure id='copies' value='7' source='l1' grade='A'/></rules>"};
  static const char *const paths[] = {"test_rules.over/s0.xml", "test_rules.over/s1.xml"};
  fixture *f = *state;
  write_site(texts, 2);
  xs_rules *bare = load(f, "test_rules.site", "top", XS_OK);
  xs_rules *r = load_site(f, paths, 2, "top", XS_OK);
  assert_text(r->id, "top");
  assert_text(xs_xml_attr(xmlDocGetRootElement(r->doc), "site"), "branch firm");
  assert_text(
      xs_xml_attr(xs_rules_limit_for(r, XS_LIT("filing"), XS_LIT("wage"), (xs_date){0}), "n"), "3");
  assert_text(xs_xml_attr(xs_rules_figure(r, XS_LIT("copies")), "value"), "7");
  assert_text(xs_xml_attr(xs_rules_law(r, XS_LIT("own")), "title"), "集团办法");
  assert_string_not_equal(xs_rules_digest(r), xs_rules_digest(bare));
  xs_rules *other = load_site(f, paths, 2, "base", XS_OK);
  assert_text(xs_xml_attr(xs_rules_figure(other, XS_LIT("copies")), "value"), "6");
  xs_rules_free(bare);
  xs_rules_free(r);
  xs_rules_free(other);
}

static void test_rules__site_files_that_cannot_lie_over_packs(void **state)
{
  static const struct {
    const char *slug, *text;
  } bad[] = {
      {"rules-site", "<laws " NS "/>"},
      {"rules-site", "<rules " NS " id='top' name='上'/>"},
      {"rules-unknown", "<rules " NS " id='x' name='x' base='tip'/>"},
      {"rules-law", "<rules " NS " id='x' name='x'><figure id='copies' value='1' source='none'"
                    " grade='A'/></rules>"},
  };
  static const char *const paths[] = {"test_rules.over/s0.xml"};
  fixture *f = *state;
  for (size_t i = 0; i < XS_COUNT(bad); i++) {
    write_site(&bad[i].text, 1);
    assert_null(load_site(f, paths, 1, "top", XS_EINPUT));
    xs_diag_view v;
    assert_true(xs_diags_view(f->diags, 0, &v));
    assert_text(v.slug, bad[i].slug);
  }
}

/* ---- the packs that are shipped ---- */

static const char *const shipped[] = {
    "national", "shandong", "shanghai", "beijing",  "chongqing", "zhejiang",
    "henan",    "fujian",   "ningbo",   "hangzhou", "sichuan",
};

static void test_rules__shipped_packs_load_without_a_word(void **state)
{
  fixture *f = *state;
  for (size_t i = 0; i < XS_COUNT(shipped); i++) {
    xs_rules *r = load_shipped(f, shipped[i]);
    assert_text(r->id, shipped[i]);
    assert_int_equal(xs_diags_count(f->diags, XS_NOTE), 0);
    xs_rules_free(r);
  }
}

/* People ask for entries by name and by step. */
static void test_rules__shipped_entries_have_names_and_steps(void **state)
{
  static const char *const elements[] = {"limit", "figure", "materials", "requirement"};
  for (size_t i = 0; i < XS_COUNT(shipped); i++) {
    xs_rules *r = load_shipped(*state, shipped[i]);
    const xmlNode *root = xmlDocGetRootElement(r->doc);
    for (size_t k = 0; k < XS_COUNT(elements); k++)
      for (const xmlNode *e = xs_xml_child(root, elements[k]); e; e = xs_xml_next(e, elements[k]))
        if (!xs_xml_attr(e, "name").len || !xs_xml_attr(e, "step").len) {
          xs_text id = xs_xml_attr(e, "id");
          fail_msg("%s: %.*s has no name or no step", shipped[i], XS_TEXT(id));
        }
    xs_rules_free(r);
  }
}

/* What has not been read is never cited: a basis names laws of grade A or B only. */
static void test_rules__bases_cite_laws_that_were_read(void **state)
{
  for (size_t i = 0; i < XS_COUNT(shipped); i++) {
    xs_rules *r = load_shipped(*state, shipped[i]);
    const xmlNode *root = xmlDocGetRootElement(r->doc);
    for (const xmlNode *b = xs_xml_child(root, "basis"); b; b = xs_xml_next(b, "basis")) {
      char list[1024];
      xs_text value = xs_xml_attr(b, "laws");
      snprintf(list, sizeof list, "%.*s", XS_TEXT(value));
      for (char *word = strtok(list, " \n"); word; word = strtok(NULL, " \n")) {
        word[strcspn(word, ":")] = '\0';
        const xmlNode *law = xs_rules_law(r, xs_text_of(word));
        if (!xs_xml_attr_is(law, "grade", "A") && !xs_xml_attr_is(law, "grade", "B"))
          fail_msg("%s cites %s", shipped[i], word);
      }
    }
    xs_rules_free(r);
  }
}

/* What the steps of a case cite, and the other checks. */
static const char *const cited[] = {
#define X(first, second, severity, requirement) requirement,
#include "data/case_steps.def"
#undef X
    "workers-chief", "one-side-only", "neutral-recorder", "contract-items", "objection-met",
};

static void test_rules__checks_cite_what_the_nation_states(void **state)
{
  xs_rules *r = load_shipped(*state, "national");
  for (size_t i = 0; i < XS_COUNT(cited); i++) {
    const xmlNode *requirement = xs_rules_requirement(r, xs_text_of(cited[i]));
    if (*cited[i] && !requirement) fail_msg("no requirement “%s”", cited[i]);
  }
  xs_rules_free(r);
}

static void test_rules__every_allocation_may_fail(void **state)
{
  fixture *f = *state;
  fail_host host;
  xs_status st = XS_ENOMEM;
  long passes = 0;
  for (; st; passes++) {
    xs_diags_clear(f->diags);
    fail_host_init(&host, passes);
    xs_rules *rules = NULL;
    st = xs_rules_load(&host.host, f->schema, XS_LIT(XS_TEST_ROOT "/templates/rules"),
                       XS_LIT("ningbo"), f->diags, &rules);
    xs_rules_free(rules);
    assert_int_equal(host.live, 0);
    if (st) assert_int_equal(st, XS_ENOMEM);
  }
  assert_true(passes > 10);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_rules__overlay_replaces_and_adds),
      cmocka_unit_test(test_rules__circles_are_refused),
      cmocka_unit_test(test_rules__laws_must_exist),
      cmocka_unit_test(test_rules__entries_stand_once),
      cmocka_unit_test(test_rules__id_is_the_name_of_the_file),
      cmocka_unit_test(test_rules__files_are_checked_with_their_bases),
      cmocka_unit_test(test_rules__unknown_pack_has_a_suggestion),
      cmocka_unit_test(test_rules__kind_and_day_choose_the_entry),
      cmocka_unit_test(test_rules__covered_entries_are_left_out),
      cmocka_unit_test(test_rules__bytes_give_the_same_pack),
      cmocka_unit_test(test_rules__other_bytes_are_no_pack),
      cmocka_unit_test(test_rules__mistakes_are_told),
      cmocka_unit_test(test_rules__triggers_are_moments),
      cmocka_unit_test(test_rules__kind_is_that_of_the_contract_in_question),
      cmocka_unit_test(test_rules__last_days_roll_forward_only),
      cmocka_unit_test(test_rules__site_lies_over_every_pack),
      cmocka_unit_test(test_rules__site_files_that_cannot_lie_over_packs),
      cmocka_unit_test(test_rules__shipped_packs_load_without_a_word),
      cmocka_unit_test(test_rules__shipped_entries_have_names_and_steps),
      cmocka_unit_test(test_rules__bases_cite_laws_that_were_read),
      cmocka_unit_test(test_rules__checks_cite_what_the_nation_states),
      cmocka_unit_test(test_rules__every_allocation_may_fail),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
