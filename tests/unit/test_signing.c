#include "unit/unit.h"

#include "base/text.h"
#include "workflow/signing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A contract: two chiefs, then two seals. */
static const xs_store_slot slots[] = {
    {XS_LIT_INIT("workers-chief"), XS_LIT_INIT("signature"), XS_LIT_INIT("workers"),
     XS_LIT_INIT("职工方首席代表"), XS_LIT_INIT("苏荷"), XS_LIT_INIT("w1"), 1},
    {XS_LIT_INIT("employer-chief"), XS_LIT_INIT("signature"), XS_LIT_INIT("employer"),
     XS_LIT_INIT("企业方首席代表"), XS_LIT_INIT("楚山"), XS_LIT_INIT("e1"), 1},
    {XS_LIT_INIT("workers-seal"), XS_LIT_INIT("seal"), XS_LIT_INIT("workers"),
     XS_LIT_INIT("工会印章"), XS_LIT_INIT("云杉工会"), XS_LIT_INIT(""), 2},
};

static const char case_text[] =
    "<case xmlns='urn:xieshang:case:1' id='k' kind='enterprise' year='2024'>"
    "<title>云杉案</title><employer><name>云杉公司</name></employer>"
    "<delegates side='workers'>"
    "<delegate id='w1' chief='yes'><name>苏荷</name></delegate>"
    "<delegate id='w2'><name>叶知远</name><mandate by='苏荷' date='2025-03-01'>代签</mandate>"
    "</delegate>"
    "<delegate id='w3'><name>白晓</name></delegate>"
    "<delegate id='w4' outsider='yes'><name>江望</name>"
    "<mandate by='苏荷' date='2025-03-01'>代签</mandate></delegate>"
    "</delegates>"
    "<delegates side='employer'>"
    "<delegate id='e1' chief='yes'><name>楚山</name></delegate>"
    "<delegate id='e2'><name>乔木</name><mandate by='苏荷' date='2025-03-01'>代签</mandate>"
    "</delegate></delegates></case>";

static xs_diags *diags;
static xs_arena *arena;
static xs_case *kase;
static xs_store_signoff signoffs[8];
static xs_signing signing;

static int set_up(void **state)
{
  const xs_schema *schema = NULL;
  diags = xs_diags_new(xs_host_posix());
  arena = xs_arena_new(xs_host_posix());
  return xs_schema_load(arena, XS_LIT(XS_TEST_ROOT "/templates/schema/case.rng"), diags, &schema) ||
         xs_case_parse(xs_host_posix(), schema, XS_LIT("case.xml"), xs_text_of(case_text), NULL,
                       diags, &kase);
}

static int tear_down(void **state)
{
  xs_case_free(kase);
  xs_arena_free(arena);
  xs_diags_free(diags);
  return 0;
}

static int reset(void **state)
{
  xs_diags_clear(diags);
  signing = (xs_signing){
      .document = {.id = XS_LIT("d1"), .title = XS_LIT("集体合同")},
      .slots = slots,
      .slot_count = XS_COUNT(slots),
      .signoffs = signoffs,
  };
  return 0;
}

static void signed_by(const char *slot, const char *person, uint32_t date, int64_t void_at)
{
  signoffs[signing.signoff_count++] = (xs_store_signoff){
      .slot = xs_text_of(slot), .person = xs_text_of(person), .date = date, .void_at = void_at};
}

static xs_status check(const char *slot, const char *person, uint32_t day, const char *means,
                       xs_signed *out)
{
  xs_signature s = {.slot = xs_text_of(slot),
                    .person = xs_text_of(person),
                    .means = xs_means_find(xs_text_of(means), diags)};
  xs_date today;
  assert_true(xs_date_of_number(day, &s.date) && xs_date_of_number(20250630, &today));
  return xs_signing_check(arena, &signing, &s, kase, today, diags, out);
}

static void expect_refused(const char *slot, const char *person, uint32_t day, const char *means,
                           const char *slugs)
{
  xs_signed out;
  char said[256] = "";
  assert_int_equal(check(slot, person, day, means, &out), XS_EINPUT);
  xs_diag_view v;
  for (size_t i = 0; xs_diags_view(diags, i, &v); i++)
    if (v.slug.len)
      snprintf(said + strlen(said), sizeof said - strlen(said), "%s%.*s", said[0] ? " " : "",
               XS_TEXT(v.slug));
  assert_string_equal(said, slugs);
}

static void expect_signed(const char *slot, const char *person, const char *name,
                          const char *ground)
{
  xs_signed out;
  assert_int_equal(check(slot, person, 20250418, "wet-ink", &out), XS_OK);
  assert_text(out.person, name);
  assert_text(out.ground, ground);
}

static void test_signing__by_name_by_id_or_without(void **state)
{
  expect_signed("workers-chief", "苏荷", "苏荷", "");
  expect_signed("workers-chief", "w1", "苏荷", "");
  expect_signed("workers-chief", "", "苏荷", "");
}

static void test_signing__equal_turns_in_any_order(void **state)
{
  expect_signed("employer-chief", "楚山", "楚山", "");
  signed_by("employer-chief", "楚山", 20250418, 0);
  expect_signed("workers-chief", "苏荷", "苏荷", "");
}

static void test_signing__a_seal_waits_for_the_signatures(void **state)
{
  signed_by("workers-chief", "苏荷", 20250418, 0);
  expect_refused("workers-seal", "唐棣", 20250418, "wet-ink", "slot-order");
  signed_by("employer-chief", "楚山", 20250418, 0);
  reset(NULL);
  signing.signoff_count = 2;
  expect_signed("workers-seal", "唐棣", "唐棣", "");
}

static void test_signing__another_person_is_refused(void **state)
{
  expect_refused("workers-chief", "白晓", 20250418, "wet-ink", "slot-person");
}

static void test_signing__a_mandate_is_respected(void **state)
{
  expect_signed("workers-chief", "叶知远", "叶知远", "受苏荷书面委托（2025-03-01）");
  expect_signed("workers-chief", "w2", "叶知远", "受苏荷书面委托（2025-03-01）");
}

static void test_signing__a_mandate_begins_on_its_day(void **state)
{
  expect_refused("workers-chief", "叶知远", 20250228, "wet-ink", "slot-person");
}

static void test_signing__nobody_from_outside_or_the_other_side_stands_in(void **state)
{
  expect_refused("workers-chief", "江望", 20250418, "wet-ink", "slot-person");
  reset(NULL);
  expect_refused("workers-chief", "乔木", 20250418, "wet-ink", "slot-person");
  reset(NULL);
  expect_refused("employer-chief", "乔木", 20250418, "wet-ink", "slot-person");
}

static void test_signing__no_slot_twice(void **state)
{
  signed_by("workers-chief", "苏荷", 20250418, 0);
  expect_refused("workers-chief", "苏荷", 20250419, "wet-ink", "slot-signed");
}

static void test_signing__what_is_void_opens_the_slot_again(void **state)
{
  signed_by("workers-chief", "苏荷", 20250418, 1745000000);
  assert_null(xs_signing_of(&signing, XS_LIT("workers-chief")));
  expect_signed("workers-chief", "苏荷", "苏荷", "");
}

static void test_signing__a_void_document_is_not_signed(void **state)
{
  signing.document.void_at = 1745000000;
  expect_refused("workers-chief", "苏荷", 20250418, "wet-ink", "document-void");
}

static void test_signing__the_day_follows_those_before(void **state)
{
  signed_by("workers-chief", "苏荷", 20250418, 0);
  signed_by("employer-chief", "楚山", 20250420, 0);
  expect_refused("workers-seal", "", 20250419, "wet-ink", "slot-date");
  reset(NULL);
  expect_refused("workers-chief", "", 20250701, "wet-ink", "slot-date");
}

static void test_signing__a_seal_picture_is_no_signature(void **state)
{
  expect_refused("workers-chief", "苏荷", 20250418, "seal-picture", "slot-means");
}

static void test_signing__all_that_is_wrong_is_said_at_once(void **state)
{
  signing.document.void_at = 1745000000;
  expect_refused("workers-seal", "苏荷", 20250701, "wet-ink", "document-void slot-order slot-date");
  reset(NULL);
  expect_refused("chief", "苏荷", 20250418, "wet-ink", "slot-unknown");
}

static void test_signing__complete_when_every_slot_is_signed(void **state)
{
  assert_false(xs_signing_is_begun(&signing));
  signed_by("workers-chief", "苏荷", 20250418, 0);
  signed_by("employer-chief", "楚山", 20250418, 0);
  assert_true(xs_signing_is_begun(&signing));
  assert_false(xs_signing_is_complete(&signing));
  signed_by("workers-seal", "唐棣", 20250418, 0);
  assert_true(xs_signing_is_complete(&signing));
  signing.document.void_at = 1745000000;
  assert_false(xs_signing_is_complete(&signing));
}

/* ---- means ---- */

static void expect_proof(const char *means, const char *bytes, size_t len, const char *slug)
{
  const xs_means_proof proof = {.path = XS_LIT("scan"), .bytes = {bytes, len}};
  xs_diags_clear(diags);
  xs_status st = xs_means_check(xs_means_find(xs_text_of(means), diags), &proof, diags);
  assert_int_equal(st, slug ? XS_EINPUT : XS_OK);
  xs_diag_view v;
  assert_true(xs_diags_view(diags, 0, &v) == (slug != NULL));
  if (slug) assert_text(v.slug, slug);
}

static void test_signing__a_scan_is_a_pdf_or_a_picture(void **state)
{
  expect_proof("wet-ink", "%PDF-1.4\n", 9, NULL);
  expect_proof("wet-ink", "\xff\xd8\xff\xe0", 4, NULL);
  expect_proof("wet-ink", "II\x2a\x00\x08", 5, NULL);
  expect_proof("wet-ink", "已签", 6, "means-file");
  expect_proof("wet-ink", "", 0, "means-file");
  expect_proof("seal-picture", "%PDF-1.4\n", 9, "picture-broken");
}

static void test_signing__means_that_are_not_there(void **state)
{
  assert_null(xs_means_find(XS_LIT("fax"), diags));
  xs_diag_view v;
  assert_true(xs_diags_view(diags, 0, &v));
  assert_text(v.slug, "means-unknown");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup(test_signing__by_name_by_id_or_without, reset),
      cmocka_unit_test_setup(test_signing__equal_turns_in_any_order, reset),
      cmocka_unit_test_setup(test_signing__a_seal_waits_for_the_signatures, reset),
      cmocka_unit_test_setup(test_signing__another_person_is_refused, reset),
      cmocka_unit_test_setup(test_signing__a_mandate_is_respected, reset),
      cmocka_unit_test_setup(test_signing__a_mandate_begins_on_its_day, reset),
      cmocka_unit_test_setup(test_signing__nobody_from_outside_or_the_other_side_stands_in, reset),
      cmocka_unit_test_setup(test_signing__no_slot_twice, reset),
      cmocka_unit_test_setup(test_signing__what_is_void_opens_the_slot_again, reset),
      cmocka_unit_test_setup(test_signing__a_void_document_is_not_signed, reset),
      cmocka_unit_test_setup(test_signing__the_day_follows_those_before, reset),
      cmocka_unit_test_setup(test_signing__a_seal_picture_is_no_signature, reset),
      cmocka_unit_test_setup(test_signing__all_that_is_wrong_is_said_at_once, reset),
      cmocka_unit_test_setup(test_signing__complete_when_every_slot_is_signed, reset),
      cmocka_unit_test_setup(test_signing__a_scan_is_a_pdf_or_a_picture, reset),
      cmocka_unit_test_setup(test_signing__means_that_are_not_there, reset),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
