/*
 * Every rule of GB/T 9704 fires when the element it speaks of is moved, and is silent when it is
 * not: papers drawn by hand, one change a time.
 */
#include "unit/unit.h"

#include "base/diag.h"
#include "base/text.h"
#include "support/drawn.h"
#include "survey/standard.h"

#include <stdio.h>

static struct {
  xs_arena *arena;
  xs_diags *diags;
  const xs_standard *standard;
} shared;

static int load(void **state)
{
  const xs_schema *schema = NULL;
  shared.arena = xs_arena_new(xs_host_posix());
  shared.diags = xs_diags_new(xs_host_posix());
  return xs_schema_load(shared.arena, XS_LIT(XS_TEST_ROOT "/templates/schema/format.rng"),
                        shared.diags, &schema) ||
         xs_standard_load(shared.arena, schema,
                          XS_LIT(XS_TEST_ROOT "/templates/formats/gb-t-9704.xml"), shared.diags,
                          &shared.standard);
}

static int unload(void **state)
{
  xs_diags_free(shared.diags);
  xs_arena_free(shared.arena);
  return 0;
}

/* ---- judging a drawn paper ---- */

typedef struct verdict {
  xs_survey *survey;
  xs_anatomy anatomy;
  const xs_judgement *items;
  size_t count;
} verdict;

static verdict judge(const drawn_paper *paper)
{
  verdict v = {.survey = drawn_survey(paper)};
  xs_arena *a = v.survey->arena;
  assert_int_equal(xs_anatomy_find(a, v.survey, &shared.standard->sheet, &v.anatomy), XS_OK);
  xs_gauge gauge = {.a = a,
                    .anatomy = &v.anatomy,
                    .faces = shared.standard->faces,
                    .face_count = shared.standard->face_count};
  assert_int_equal(xs_gauge_measure(&gauge), XS_OK);
  assert_int_equal(xs_standard_judge(a, shared.standard, &gauge, &v.items, &v.count), XS_OK);
  return v;
}

/* How often the rule was applied, and how often it found something. */
typedef struct tally {
  size_t applied, broken;
} tally;

static tally tally_of(const verdict *v, const char *rule)
{
  tally t = {0, 0};
  for (size_t i = 0; i < v->count; i++) {
    if (!xs_text_is(v->items[i].rule->id, rule)) continue;
    t.applied++;
    t.broken += !v->items[i].fits;
  }
  return t;
}

static void print_broken(const verdict *v)
{
  for (size_t i = 0; i < v->count; i++) {
    const xs_judgement *j = &v->items[i];
    if (!j->fits)
      print_error("page %zu: %.*s: %lld “%.*s” at “%.*s”\n", j->found.page + 1,
                  XS_TEXT(j->rule->id), (long long)j->found.value, XS_TEXT(j->found.word),
                  XS_TEXT(j->found.where));
  }
}

static void expect_clean(const drawn_paper *paper, xs_form form)
{
  verdict v = judge(paper);
  size_t broken = 0;
  for (size_t i = 0; i < v.count; i++) broken += !v.items[i].fits;
  print_broken(&v);
  assert_int_equal(broken, 0);
  assert_int_equal(v.anatomy.form, form);
  xs_survey_free(v.survey);
}

static void test_format__right_papers_have_no_deviation(void **state)
{
  expect_clean(&drawn_document, XS_FORM_DOCUMENT);
  expect_clean(&drawn_upward, XS_FORM_DOCUMENT);
  expect_clean(&drawn_letter, XS_FORM_LETTER);
  expect_clean(&drawn_minutes, XS_FORM_MINUTES);
}

/* ---- one change a rule ---- */

typedef struct change {
  const char *rule;
  const drawn_paper *paper;
  const char *element;
  double x, y, width, height, size; /* added */
  const char *text, *face;          /* put in their place; NULL: they stay */
  xs_color color;                   /* 0: it stays */
  int page;                         /* added; -100: the element is left out */
} change;

#define DOC &drawn_document
#define UP  &drawn_upward
#define LET &drawn_letter
#define MIN &drawn_minutes
enum { GONE = -100 };
static const char song[] = "NotoSerifCJKsc-Regular", hei[] = "NotoSansCJKsc-Regular";

/* clang-format off */
static const change changes[] = {
    {"text-top", DOC, "level-1", .y = 2},
    {"text-left", DOC, "body-3", .x = 2},
    {"text-width", DOC, "body-3", .x = 2},
    {"outside", DOC, "page-2-turn", .x = 2},
    {"body-lines", DOC, "body-3", .y = 2},
    {"body-chars", DOC, "body-3", .x = 2},
    {"body-pitch", DOC, "body-3", .y = 2},
    {"body-step", DOC, "level-2", .y = 2},
    {"text-color", DOC, "body-3", .color = 0x0000ff},
    {"label-top", DOC, "label", .y = 2},
    {"label-left", DOC, "label", .x = 2},
    {"mark-top", DOC, "mark", .y = -2},
    {"mark-size", UP, "mark", .size = 30},
    {"mark-face", UP, "mark", .face = song},
    {"mark-color", UP, "mark", .color = 0x101010},
    {"mark-centre", UP, "mark", .x = 2},
    {"mark-spread", DOC, "mark-2", .x = 2},
    {"mark-word", DOC, "word", .y = 2},
    {"number-gap", DOC, "number", .y = -4},
    {"number-centre", DOC, "number", .x = 2},
    {"number-left", UP, "number", .x = 2},
    {"number-form", DOC, "number", .text = "川工发[2024]07号"},
    {"number-size", DOC, "number", .size = -1.75},
    {"number-face", DOC, "number", .face = hei},
    {"signer-right", UP, "signer-name", .x = -2},
    {"signer-face", UP, "signer-name", .face = song},
    {"rule-count", DOC, "rule", .page = GONE},
    {"rule-gap", DOC, "rule", .y = 2},
    {"rule-left", DOC, "rule", .x = 2},
    {"rule-width", DOC, "rule", .width = -2},
    {"title-gap", DOC, "title", .y = -4},
    {"title-size", UP, "title", .size = -2},
    {"title-face", UP, "title", .face = hei},
    {"title-centre", DOC, "title-2", .x = 2},
    {"addressee-gap", DOC, "addressee", .y = -4},
    {"addressee-left", DOC, "addressee", .x = 2},
    {"addressee-end", DOC, "addressee", .text = "各县总工会:"},
    {"body-size", DOC, "body-3", .size = -1.75},
    {"body-face", DOC, "body-3", .face = song},
    {"body-indent", DOC, "page-2", .x = 2},
    {"level-1-face", DOC, "level-1", .face = song},
    {"level-2-face", DOC, "level-2", .face = song},
    {"level-3-face", DOC, "level-3", .face = song},
    {"level-4-face", DOC, "level-4", .face = song},
    {"attachment-gap", DOC, "attachment", .y = -6},
    {"attachment-left", DOC, "attachment", .x = 2},
    {"attachment-turn", DOC, "attachment-2", .x = 2},
    {"attachment-turn", DOC, "attachment-turn", .x = 2},
    {"attachment-end", DOC, "attachment-turn", .text = "填报说明。"},
    {"date-right", DOC, "date", .x = 2},
    {"name-centre", DOC, "name-2", .x = 2},
    {"seal-color", DOC, "seal", .color = 0x0000ff},
    {"seal-centre", DOC, "seal", .x = 2},
    {"seal-press", DOC, "seal-2", .y = -6},
    {"seal-bare", DOC, "seal-2", .y = 20},
    {"seal-top", DOC, "seal", .y = -6},
    {"seal-gap", DOC, "seal-2", .x = -40},
    {"seal-outside", DOC, "seal", .x = -24},
    {"sign-gap", UP, "name", .y = 2},
    {"name-right", UP, "name", .x = 2},
    {"date-shift", UP, "date", .x = 2},
    {"date-form", DOC, "date", .text = "二〇二四年三月五日"},
    {"note-gap", DOC, "note", .y = 2},
    {"note-left", DOC, "note", .x = 2},
    {"note-form", DOC, "note", .text = "（此件公开发布)"},
    {"annex-top", DOC, "annex", .y = 2},
    {"annex-left", DOC, "annex", .x = 2},
    {"annex-size", DOC, "annex", .size = -1.75},
    {"annex-face", DOC, "annex", .face = song},
    {"annex-title-line", DOC, "annex-title", .y = 2},
    {"annex-title-centre", DOC, "annex-title", .x = 2},
    {"imprint-rules", DOC, "imprint-first", .page = GONE},
    {"imprint-first", DOC, "imprint-first", .height = -0.1},
    {"imprint-middle", DOC, "imprint-middle", .height = 0.1},
    {"imprint-last", DOC, "imprint-last", .height = -0.1},
    {"imprint-left", DOC, "imprint-middle", .x = 2},
    {"imprint-width", DOC, "imprint-middle", .width = -2},
    {"imprint-bottom", DOC, "imprint-last", .y = -2},
    {"imprint-page", DOC, "folio-3", .page = 1},
    {"imprint-size", DOC, "printer", .size = 1.75},
    {"imprint-face", DOC, "printer", .face = song},
    {"copies-left", DOC, "copies", .x = 2},
    {"copies-turn", DOC, "copies-2", .x = 2},
    {"copies-end", DOC, "copies-2", .text = "工商联"},
    {"printer-left", DOC, "printer", .x = 2},
    {"printed-right", DOC, "printed", .x = -2},
    {"folio-count", DOC, "folio-2", .page = GONE},
    {"folio-first", DOC, "folio-1", .page = GONE},
    {"folio-form", DOC, "folio-2", .text = "-2-"},
    {"folio-number", DOC, "folio-2", .text = "—4—"},
    {"folio-size", DOC, "folio-2", .size = -2},
    {"folio-face", DOC, "folio-2", .face = hei},
    {"folio-gap", DOC, "folio-2", .y = 2},
    {"folio-odd", DOC, "folio-1", .x = -2},
    {"folio-even", DOC, "folio-2", .x = 2},
    {"letter-mark-top", LET, "mark", .y = 2},
    {"letter-rules", LET, "upper-2", .page = GONE},
    {"letter-upper-gap", LET, "mark", .y = -2},
    {"letter-lower-gap", LET, "lower-2", .y = -2},
    {"letter-length", LET, "upper", .width = -2},
    {"letter-centre", LET, "upper", .x = 2},
    {"letter-upper-weight", LET, "upper", .height = -0.5},
    {"letter-lower-weight", LET, "lower", .height = 0.5},
    {"letter-number-right", LET, "number", .x = -2},
    {"letter-number-gap", LET, "number", .y = 2},
    {"letter-title-gap", LET, "title", .y = 4},
    {"letter-folio-first", LET, "folio-2", .page = -1},
    {"letter-imprint-rules", LET, "imprint", .page = 2},
    {"minutes-mark-top", MIN, "mark", .y = 2},
    {"attendance-gap", MIN, "attendance-word", .y = -6},
    {"attendance-left", MIN, "absent-word", .x = -2},
    {"attendance-face", MIN, "absent-word", .face = song},
    {"attendance-turn", MIN, "attendance-turn", .x = 2},
};
/* clang-format on */

static void apply(drawn_paper *paper, const change *c)
{
  drawn_element *e = drawn_find(paper, c->element);
  e->x += c->x;
  e->y += c->y;
  e->width += c->width;
  e->height += c->height;
  e->size += c->size;
  if (c->text) e->text = c->text;
  if (c->face) e->face = c->face;
  if (c->color) e->color = c->color;
  e->page = c->page == GONE ? 0 : e->page + c->page;
}

static void test_format__what_is_moved_is_named(void **state)
{
  size_t missed = 0;
  for (size_t i = 0; i < XS_COUNT(changes); i++) {
    const change *c = &changes[i];
    drawn_paper paper = *c->paper;
    apply(&paper, c);
    verdict before = judge(c->paper), after = judge(&paper);
    tally was = tally_of(&before, c->rule), is = tally_of(&after, c->rule);
    if (!was.applied || was.broken || !is.broken) {
      print_error("%s: %s: %zu times applied and %zu broken before, %zu broken after\n", c->rule,
                  c->element, was.applied, was.broken, is.broken);
      missed++;
    }
    xs_survey_free(before.survey);
    xs_survey_free(after.survey);
  }
  assert_int_equal(missed, 0);
}

static bool has_change(xs_text rule)
{
  for (size_t i = 0; i < XS_COUNT(changes); i++)
    if (xs_text_is(rule, changes[i].rule)) return true;
  return false;
}

/* What takes more than one change stands below. */
static bool has_test_of_its_own(xs_text rule)
{
  return xs_text_is(rule, "sheet-width") || xs_text_is(rule, "sheet-height") ||
         xs_text_is(rule, "seal-row") || xs_text_is(rule, "body-first-page");
}

static void test_format__every_rule_has_its_change(void **state)
{
  size_t missing = 0;
  for (size_t i = 0; i < shared.standard->rule_count; i++) {
    xs_text id = shared.standard->rules[i].id;
    if (has_change(id) || has_test_of_its_own(id)) continue;
    print_error("no change shows that %.*s fires\n", XS_TEXT(id));
    missing++;
  }
  assert_int_equal(missing, 0);
}

static void test_format__sheet_is_A4(void **state)
{
  drawn_paper paper = drawn_upward;
  paper.page_width = 216;
  paper.page_height = 279;
  verdict v = judge(&paper);
  assert_int_equal(tally_of(&v, "sheet-width").broken, 1);
  assert_int_equal(tally_of(&v, "sheet-height").broken, 1);
  xs_survey_free(v.survey);
}

static void test_format__first_page_has_text(void **state)
{
  drawn_paper paper = drawn_minutes;
  static const char *const lines[] = {"body", "body-2", "body-3"};
  for (size_t i = 0; i < XS_COUNT(lines); i++) drawn_find(&paper, lines[i])->page = 2;
  verdict v = judge(&paper);
  assert_int_equal(tally_of(&v, "body-first-page").broken, 1);
  xs_survey_free(v.survey);
}

static void test_format__four_seals_in_a_row_are_too_many(void **state)
{
  static const char *const spare[] = {"annex-body", "annex-body-2"};
  drawn_paper paper = drawn_document;
  const drawn_element seal = *drawn_find(&paper, "seal");
  for (size_t i = 0; i < XS_COUNT(spare); i++) {
    drawn_element *e = drawn_find(&paper, spare[i]);
    *e = seal;
    e->x = 28 + 40.0 * (double)i;
  }
  verdict v = judge(&paper);
  assert_int_equal(tally_of(&v, "seal-row").broken, 1);
  xs_survey_free(v.survey);
}

/* A paper without colour is no official paper. */
static void test_format__black_paper_has_no_form(void **state)
{
  drawn_paper paper = drawn_upward;
  drawn_find(&paper, "mark")->color = 0x101010;
  drawn_find(&paper, "rule")->page = 0;
  xs_survey *survey = drawn_survey(&paper);
  xs_anatomy anatomy;
  assert_int_equal(xs_anatomy_find(survey->arena, survey, &shared.standard->sheet, &anatomy),
                   XS_OK);
  assert_int_equal(anatomy.form, XS_FORM_NONE);
  xs_survey_free(survey);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_format__right_papers_have_no_deviation),
      cmocka_unit_test(test_format__what_is_moved_is_named),
      cmocka_unit_test(test_format__every_rule_has_its_change),
      cmocka_unit_test(test_format__sheet_is_A4),
      cmocka_unit_test(test_format__first_page_has_text),
      cmocka_unit_test(test_format__four_seals_in_a_row_are_too_many),
      cmocka_unit_test(test_format__black_paper_has_no_form),
  };
  return cmocka_run_group_tests(tests, load, unload);
}
