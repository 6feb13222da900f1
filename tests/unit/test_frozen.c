#include "unit/unit.h"

#include "base/text.h"
#include "workflow/frozen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SAMPLES XS_TEST_ROOT "/samples/"

static xs_diags *diags;
static xs_engine *engine;
static xs_arena *arena;

static int set_up(void **state)
{
  diags = xs_diags_new(xs_host_posix());
  arena = xs_arena_new(xs_host_posix());
  return xs_engine_open(xs_host_posix(), XS_TEST_ROOT, diags, &engine);
}

static int tear_down(void **state)
{
  xs_engine_close(engine);
  xs_arena_free(arena);
  xs_diags_free(diags);
  return 0;
}

static char *read_file(const char *path)
{
  FILE *f = fopen(path, "rb");
  assert_non_null(f);
  char *text = calloc(1, 1 << 20);
  assert_non_null(text);
  assert_true(fread(text, 1, (1 << 20) - 1, f) > 0);
  fclose(f);
  return text;
}

/* Takes out everything from `from` up to `to`, which stays; nothing when it is not there. */
static void cut(char *text, const char *from, const char *to)
{
  char *begin = strstr(text, from);
  char *end = begin ? strstr(begin, to) : NULL;
  if (end) memmove(begin, end, strlen(end) + 1);
}

static void replace(char *text, const char *from, const char *to)
{
  char *at = strstr(text, from);
  assert_non_null(at);
  assert_int_equal(strlen(from), strlen(to));
  memcpy(at, to, strlen(to));
}

static xs_case *parse_as(const char *path, const char *text)
{
  const xs_schema *schema = NULL;
  xs_case *kase = NULL;
  assert_int_equal(xs_engine_schema(engine, XS_VOCABULARY_CASE, diags, &schema), XS_OK);
  assert_int_equal(xs_case_parse(xs_host_posix(), schema, xs_text_of(path), xs_text_of(text), NULL,
                                 diags, &kase),
                   XS_OK);
  return kase;
}

static xs_case *parse(const char *text)
{
  return parse_as(SAMPLES "factory/case.xml", text);
}

static const xs_rules *rules_of(const xs_case *kase)
{
  const xs_rules *rules = NULL;
  assert_int_equal(xs_engine_rules(engine, kase, diags, &rules), XS_OK);
  return rules;
}

static xs_frozen freeze(const xs_case *kase, const char *id, const char *item, xs_copy copy)
{
  xs_frozen f;
  const xs_paper_wish wish = {
      .template_id = xs_text_of(id), .item = xs_text_of(item), .copy = copy};
  assert_int_equal(xs_paper_freeze(arena, engine, kase, rules_of(kase), &wish, diags, &f), XS_OK);
  return f;
}

/* The text digest of the contract of a file, as it is, and as it was when the draft was made. */
static void expect_draft_equals_final(const char *file, const char *id)
{
  char *text = read_file(file);
  xs_case *now = parse_as(file, text);
  cut(text, "<congress", "<contract");
  cut(text, "<signing", "</contract>");
  xs_case *then = parse_as(file, text);
  xs_frozen final = freeze(now, id, "k1", XS_COPY_FILING);
  xs_frozen draft = freeze(then, id, "k1", XS_COPY_DRAFT);
  assert_string_equal(draft.text_digest, final.text_digest);
  assert_string_not_equal(draft.digest, final.digest);
  xs_case_free(now);
  xs_case_free(then);
  free(text);
}

static void test_frozen__the_draft_says_what_the_contract_says(void **state)
{
  expect_draft_equals_final(SAMPLES "factory/case.xml", "contract-wage");
  expect_draft_equals_final(SAMPLES "comprehensive/case.xml", "contract-comprehensive");
  expect_draft_equals_final(SAMPLES "safety/case.xml", "contract-safety");
  expect_draft_equals_final(SAMPLES "women/case.xml", "contract-women");
  expect_draft_equals_final(SAMPLES "couriers/case.xml", "contract-sector");
}

static void test_frozen__a_changed_term_is_another_text(void **state)
{
  char *text = read_file(SAMPLES "factory/case.xml");
  xs_case *before = parse(text);
  xs_frozen draft = freeze(before, "contract-wage", "k1", XS_COPY_DRAFT);
  char *contract = strstr(text, "<contract");
  replace(contract, "<term from=\"2025-", "<term from=\"2024-");
  xs_case *after = parse(text);
  xs_frozen final = freeze(after, "contract-wage", "k1", XS_COPY_FILING);
  assert_string_not_equal(draft.text_digest, final.text_digest);
  xs_case_free(before);
  xs_case_free(after);
  free(text);
}

static void test_frozen__holds_bytes_digests_and_slots(void **state)
{
  char *text = read_file(SAMPLES "factory/case.xml");
  xs_case *kase = parse(text);
  xs_frozen one = freeze(kase, "contract-wage", "", XS_COPY_FILING);
  xs_frozen two = freeze(kase, "contract-wage", "k1", XS_COPY_FILING);
  assert_memory_equal(one.bytes.ptr, "%PDF-", 5);
  assert_string_equal(one.digest, two.digest);
  assert_text(one.item, "k1");
  assert_text(one.template_id, "contract-wage");
  assert_int_equal(one.template_digest.len, 64);
  assert_int_equal(one.slot_count, 4);
  assert_text(one.slots[0].id, "employer-chief");
  assert_text(one.slots[3].id, "workers-seal");
  assert_int_equal(one.slots[0].order, one.slots[1].order);
  assert_int_equal(one.slots[2].kind, XS_SLOT_SEAL);
  xs_frozen draft = freeze(kase, "contract-wage", "k1", XS_COPY_DRAFT);
  assert_int_equal(draft.slot_count, 2); /* a draft bears no seals */
  xs_case_free(kase);
  free(text);
}

/* Who signs the minutes follows the place. */
static void test_frozen__slots_of_the_minutes(void **state)
{
  char *text = read_file(SAMPLES "factory/case.xml");
  xs_case *kase = parse(text);
  bool all =
      xs_xml_attr_is(xs_rules_figure(rules_of(kase), XS_LIT("minutes-signed")), "value", "all");
  xs_frozen f = freeze(kase, "meeting-record", "", XS_COPY_FILING);
  size_t delegates = 0, chiefs = 0;
  for (size_t i = 0; i < f.slot_count; i++) {
    delegates += xs_text_starts(f.slots[i].id, "workers-delegate") ||
                 xs_text_starts(f.slots[i].id, "employer-delegate");
    chiefs += xs_text_ends(f.slots[i].id, "-chief");
  }
  assert_true(all ? delegates >= 6 && chiefs == 0 : delegates == 0 && chiefs == 2);
  xs_case_free(kase);
  free(text);
}

static void test_frozen__refuses_an_item_that_is_not_there(void **state)
{
  char *text = read_file(SAMPLES "factory/case.xml");
  xs_case *kase = parse(text);
  xs_frozen f;
  const xs_paper_wish wish = {.template_id = XS_LIT("contract-wage"), .item = XS_LIT("k9")};
  xs_diags_clear(diags);
  assert_int_equal(xs_paper_freeze(arena, engine, kase, rules_of(kase), &wish, diags, &f),
                   XS_EINPUT);
  xs_diag_view view;
  assert_true(xs_diags_view(diags, 0, &view));
  assert_text(view.slug, "paper-item");
  xs_case_free(kase);
  free(text);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_frozen__the_draft_says_what_the_contract_says),
      cmocka_unit_test(test_frozen__a_changed_term_is_another_text),
      cmocka_unit_test(test_frozen__holds_bytes_digests_and_slots),
      cmocka_unit_test(test_frozen__slots_of_the_minutes),
      cmocka_unit_test(test_frozen__refuses_an_item_that_is_not_there),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
