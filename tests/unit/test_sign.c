#include "unit/unit.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/text.h"
#include "workflow/office.h"
#include "workflow/signing.h"
#include "xieshang/sign.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FACTORY XS_TEST_ROOT "/samples/factory/case.xml"
#define STORE   "test_sign.db"
#define CHANGED "test_sign.xml"
#define SCAN    "test_sign_scan.pdf"
#define UID     "yunshan-2025-wage"

static uint32_t day_of_test(void *user)
{
  return 20250630;
}

static int64_t the_moment;

static int64_t moment_of_test(void *user)
{
  return the_moment++;
}

static xs_host host;
static xs_diags *diags;
static xs_engine *engine;
static xs_office *office;
static xs_done done;

static void drop_files(void)
{
  static const char *const files[] = {STORE, STORE "-wal", STORE "-shm", CHANGED, SCAN};
  for (size_t i = 0; i < XS_COUNT(files); i++) unlink(files[i]);
}

static void save(const char *path, const char *text)
{
  assert_int_equal(host.save(host.user, path, text, strlen(text)), 0);
}

static void expect_ok(xs_status st)
{
  xs_diag_view view;
  for (size_t i = 0; st && xs_diags_view(diags, i, &view); i++)
    print_error("%.*s [%.*s]\n", XS_TEXT(view.text), XS_TEXT(view.slug));
  assert_int_equal(st, XS_OK);
  xs_diags_clear(diags);
}

static void expect_slug(xs_status st, const char *slug)
{
  xs_diag_view view;
  bool seen = false;
  assert_int_not_equal(st, XS_OK);
  for (size_t i = 0; xs_diags_view(diags, i, &view); i++) {
    if (xs_text_is(view.slug, slug)) seen = true;
    if (!seen && view.slug.len)
      print_error("%.*s [%.*s]\n", XS_TEXT(view.text), XS_TEXT(view.slug));
  }
  assert_true(seen);
  xs_diags_clear(diags);
}

static void add_user(const char *by, const char *name, const char *role, const char *second)
{
  const xs_act act = {.as = by};
  const char *roles[] = {role, second};
  expect_ok(xs_office_user_add(office, name, roles, second ? 2 : 1, &act, diags));
}

static int set_up(void **state)
{
  host = *xs_host_posix();
  host.today = day_of_test;
  host.now = moment_of_test;
  the_moment = INT64_C(1751270400);
  drop_files();
  diags = xs_diags_new(&host);
  if (xs_engine_open(&host, XS_TEST_ROOT, diags, &engine) ||
      xs_office_open(engine, STORE, XS_OFFICE_CREATE, diags, &office))
    return 1;
  add_user(NULL, "韩批", "approver", NULL);
  add_user("韩批", "林起", "drafter", NULL);
  add_user("韩批", "魏印", "seal-keeper", NULL);
  add_user("韩批", "顾档", "archivist", NULL);
  add_user("韩批", "双角", "drafter", "seal-keeper");
  const xs_act act = {.as = "林起"};
  expect_ok(xs_office_new(office, FACTORY, NULL, &act, diags, &done));
  save(SCAN, "%PDF-1.4 scan of the page\n");
  return 0;
}

static int tear_down(void **state)
{
  xs_office_close(office);
  xs_engine_close(engine);
  xs_diags_free(diags);
  drop_files();
  return 0;
}

/* ---- short forms ---- */

static xs_status freeze(const char *as, const char *id, xs_copy copy)
{
  const xs_act act = {.as = as};
  const xs_freeze_order order = {.template_id = id, .copy = copy};
  return xs_office_freeze(office, UID, &order, &act, diags, &done);
}

static xs_status sign(const char *as, const char *slot, const char *person)
{
  const xs_act act = {.as = as, .date = 20250421};
  const xs_sign_order order = {.slot = slot, .person = person, .means = "wet-ink", .file = SCAN};
  return xs_office_sign(office, UID, &order, &act, diags, &done);
}

static void freeze_contract(void)
{
  expect_ok(freeze("林起", "contract-wage", XS_COPY_FILING));
}

static void sign_contract(void)
{
  expect_ok(sign("魏印", "workers-chief", "叶知远"));
  expect_ok(sign("魏印", "employer-chief", "e1"));
  expect_ok(sign("魏印", "workers-seal", NULL));
  expect_ok(sign("魏印", "employer-seal", NULL));
}

/* The factory's case with other words, as the next revision. */
static xs_status revise(const char *from, const char *to)
{
  const void *ptr = NULL;
  size_t len = 0;
  assert_int_equal(host.map(host.user, FACTORY, SIZE_MAX, &ptr, &len), 0);
  xs_buf text;
  xs_buf_init(&text, &host, 1 << 20);
  const char *at = strstr(ptr, from);
  assert_non_null(at);
  size_t before = (size_t)(at - (const char *)ptr);
  xs_buf_add(&text, ptr, before);
  xs_buf_str(&text, to);
  xs_buf_add(&text, at + strlen(from), len - before - strlen(from));
  assert_int_equal(host.save(host.user, CHANGED, text.ptr, text.len), 0);
  xs_buf_free(&text);
  host.unmap(host.user, ptr, len);
  const xs_act act = {.as = "林起", .with = CHANGED, .base_revision = 1, .reason = "改期限"};
  return xs_office_revise(office, UID, &act, diags, &done);
}

static void expect_record(uint32_t as_of, const char *what, bool there)
{
  xs_bytes record;
  expect_ok(xs_office_record(office, UID, as_of, diags, &record));
  char *text = calloc(1, record.len + 1);
  assert_non_null(text);
  memcpy(text, record.ptr, record.len);
  if ((strstr(text, what) != NULL) != there)
    fail_msg("%s: %s\n%s", what, there ? "is not there" : "is there", text);
  free(text);
  xs_bytes_free(&record);
}

/* ---- freezing ---- */

static void test_sign__a_frozen_paper_keeps_its_bytes(void **state)
{
  freeze_contract();
  assert_text(done.document, "d1");
  assert_memory_equal(done.paper.ptr, "%PDF-", 5);
  xs_bytes kept;
  size_t len = done.paper.len;
  expect_ok(xs_office_document(office, UID, "d1", diags, &kept));
  assert_int_equal(kept.len, len);
  xs_bytes_free(&kept);
  expect_record(0, "<document id=\"d1\" template=\"contract-wage\" template-version=\"1.0\"", true);
  expect_record(0, "valid=\"yes\" complete=\"no\"", true);
  expect_record(0, "kind=\"freeze\"", true);
  expect_slug(xs_office_document(office, UID, "d9", diags, &kept), "document-unknown");
}

static void test_sign__the_same_bytes_are_the_same_document(void **state)
{
  freeze_contract();
  int64_t event = done.event;
  freeze_contract();
  assert_text(done.document, "d1");
  assert_int_equal(done.event, event);
}

static void test_sign__draft_and_final_text_stand_side_by_side(void **state)
{
  expect_ok(freeze("林起", "contract-wage", XS_COPY_DRAFT));
  freeze_contract();
  assert_text(done.document, "d2");
  expect_record(0, "valid=\"no\"", false);
}

static void test_sign__only_templates_of_the_engine(void **state)
{
  expect_slug(freeze("林起", "contract.xml", XS_COPY_FILING), "template-unknown");
  expect_slug(freeze("林起", "contract-wag", XS_COPY_FILING), "template-unknown");
  expect_slug(freeze("顾档", "contract-wage", XS_COPY_FILING), "right-lacking");
}

/* ---- signing ---- */

static void test_sign__a_contract_is_signed_and_sealed(void **state)
{
  freeze_contract();
  sign_contract();
  expect_record(0, "valid=\"yes\" complete=\"yes\"", true);
  expect_record(0, "person=\"叶知远\" means=\"wet-ink\"", true);
  expect_record(20250420, "complete=\"yes\"", false); /* a day before */
}

static void test_sign__seals_wait_for_signatures(void **state)
{
  freeze_contract();
  expect_slug(sign("魏印", "workers-seal", NULL), "slot-order");
  expect_slug(sign("魏印", "workers-chief", "何青"), "slot-person");
  expect_slug(sign("魏印", "chief", NULL), "slot-open");
  expect_record(0, "signed=", false);
}

static void test_sign__rights_follow_the_slot(void **state)
{
  freeze_contract();
  expect_slug(sign("林起", "workers-chief", NULL), "right-lacking");
  expect_ok(sign("顾档", "workers-chief", NULL)); /* the archivist registers signatures … */
  expect_ok(sign("顾档", "employer-chief", NULL));
  expect_slug(sign("顾档", "workers-seal", NULL), "right-lacking"); /* … and keeps no seals */
}

static void test_sign__who_drafted_does_not_seal(void **state)
{
  const xs_act drafter = {.as = "双角", .role = "drafter"};
  const xs_freeze_order order = {.template_id = "contract-wage"};
  expect_ok(xs_office_freeze(office, UID, &order, &drafter, diags, &done));
  expect_slug(sign("双角", "workers-chief", NULL), "duty-separate");
}

static void test_sign__the_scan_must_be_one(void **state)
{
  freeze_contract();
  const xs_act act = {.as = "魏印"};
  xs_sign_order order = {.slot = "workers-chief", .means = "wet-ink"};
  expect_slug(xs_office_sign(office, UID, &order, &act, diags, &done), "means-file");
  order.file = "nowhere.pdf";
  expect_slug(xs_office_sign(office, UID, &order, &act, diags, &done), "file-read");
  save(SCAN, "signed, believe me");
  order.file = SCAN;
  expect_slug(xs_office_sign(office, UID, &order, &act, diags, &done), "means-file");
  order.means = "telephone";
  expect_slug(xs_office_sign(office, UID, &order, &act, diags, &done), "means-unknown");
}

/* ---- void ---- */

static void test_sign__a_changed_text_makes_all_void(void **state)
{
  freeze_contract();
  sign_contract();
  expect_ok(revise("<term from=\"2025-", "<term from=\"2024-"));
  expect_record(0, "valid=\"no\" complete=\"no\"", true);
  expect_record(0, "void-by=\"林起\" void-reason=\"案卷第2版改变了文本\"", true);
  expect_record(0, "<void signed=\"2025-04-21\" person=\"叶知远\"", true);
  expect_record(0, "kind=\"void\"", true);
  const xs_act act = {.as = "魏印"};
  const xs_sign_order order = {
      .document = "d1", .slot = "workers-chief", .means = "wet-ink", .file = SCAN};
  expect_slug(xs_office_sign(office, UID, &order, &act, diags, &done), "document-void");
  freeze_contract(); /* a new one, to be signed anew */
  assert_text(done.document, "d2");
  expect_ok(sign("魏印", "workers-chief", NULL));
}

static void test_sign__what_comes_later_changes_no_text(void **state)
{
  freeze_contract();
  sign_contract();
  expect_ok(revise("<publication date=\"2025-05-09\"", "<publication date=\"2025-05-10\""));
  expect_record(0, "valid=\"yes\" complete=\"yes\"", true);
  expect_record(0, "valid=\"no\"", false);
}

static void test_sign__void_needs_a_reason_and_leaves_a_trace(void **state)
{
  freeze_contract();
  expect_ok(sign("魏印", "workers-chief", NULL));
  xs_act act = {.as = "魏印"};
  expect_slug(xs_office_sign_void(office, UID, "d1", "workers-chief", &act, diags, &done),
              "reason-missing");
  act.reason = "扫描件不是签署页";
  expect_slug(xs_office_sign_void(office, UID, "d1", "employer-chief", &act, diags, &done),
              "document-void");
  expect_ok(xs_office_sign_void(office, UID, "d1", "workers-chief", &act, diags, &done));
  expect_record(0, "reason=\"扫描件不是签署页\"", true);
  expect_record(0, "<document id=\"d1\"", true);
  expect_record(0, "valid=\"yes\" complete=\"no\"", true); /* the document holds */
  expect_ok(sign("魏印", "workers-chief", NULL));          /* the slot is open again */
  expect_ok(xs_office_sign_void(office, UID, "d1", NULL, &act, diags, &done));
  expect_slug(xs_office_sign_void(office, UID, "d1", NULL, &act, diags, &done), "document-void");
  expect_slug(sign("魏印", "employer-chief", NULL), "slot-open");
}

int main(void)
{
#define SIGN_TEST(name) cmocka_unit_test_setup_teardown(test_sign__##name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
      SIGN_TEST(a_frozen_paper_keeps_its_bytes),
      SIGN_TEST(the_same_bytes_are_the_same_document),
      SIGN_TEST(draft_and_final_text_stand_side_by_side),
      SIGN_TEST(only_templates_of_the_engine),
      SIGN_TEST(a_contract_is_signed_and_sealed),
      SIGN_TEST(seals_wait_for_signatures),
      SIGN_TEST(rights_follow_the_slot),
      SIGN_TEST(who_drafted_does_not_seal),
      SIGN_TEST(the_scan_must_be_one),
      SIGN_TEST(a_changed_text_makes_all_void),
      SIGN_TEST(what_comes_later_changes_no_text),
      SIGN_TEST(void_needs_a_reason_and_leaves_a_trace),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
