#define FILE_NAME "test_documents.db"
#include "support/store_fixture.h"

#include "store/documents.h"

static const xs_store_slot slots[] = {
    {.id = XS_LIT_INIT("employer-chief"),
     .kind = XS_LIT_INIT("signature"),
     .side = XS_LIT_INIT("employer"),
     .title = XS_LIT_INIT("企业方首席代表"),
     .name = XS_LIT_INIT("周明远"),
     .person = XS_LIT_INIT("e1"),
     .turn = 1},
    {.id = XS_LIT_INIT("workers-chief"),
     .kind = XS_LIT_INIT("signature"),
     .side = XS_LIT_INIT("workers"),
     .title = XS_LIT_INIT("职工方首席代表"),
     .name = XS_LIT_INIT("林若溪"),
     .turn = 1},
};

static void freeze(fixture *f, xs_text id, const char *bytes)
{
  xs_store_document d = {.id = id,
                         .template_id = XS_LIT("contract-wage"),
                         .template_version = XS_LIT("2"),
                         .template_digest = XS_LIT("t"),
                         .title = XS_LIT("工资专项集体合同"),
                         .track = XS_LIT("contract"),
                         .key = XS_LIT("k1"),
                         .item = XS_LIT("k1"),
                         .copy = XS_LIT("filing"),
                         .revision = 1,
                         .date = 20250303,
                         .text_digest = XS_LIT("x"),
                         .by = XS_LIT("林若溪")};
  assert_int_equal(xs_store_document_put(f->store, UID, &d, xs_text_of(bytes), slots, 2, f->diags),
                   XS_OK);
}

static xs_status sign(fixture *f, xs_text document, const char *slot, xs_text scan)
{
  xs_store_signoff s = {.slot = xs_text_of(slot),
                        .person = XS_LIT("周明远"),
                        .by = XS_LIT("林若溪"),
                        .role = XS_LIT("seal-keeper"),
                        .date = 20250303,
                        .means = XS_LIT("ink"),
                        .digest = XS_LIT("d"),
                        .scan = scan};
  return xs_store_signoff_put(f->store, UID, document, &s, f->diags);
}

static void test_documents__come_back_as_they_were_frozen(void **state)
{
  fixture *f = *state;
  xs_store_document *docs;
  xs_store_slot *found;
  xs_text bytes;
  size_t count;
  freeze(f, XS_LIT("2"), "%PDF two");
  freeze(f, XS_LIT("10"), "%PDF ten");
  assert_int_equal(xs_store_document_list(f->a, f->store, UID, f->diags, &docs, &count), XS_OK);
  assert_int_equal(count, 2);
  assert_text(docs[0].id, "2");
  assert_text(docs[1].id, "10");
  assert_text(docs[0].template_version, "2");
  assert_text(docs[0].item, "k1");
  assert_text(docs[0].copy, "filing");
  assert_int_equal(docs[0].date, 20250303);
  assert_int_equal(docs[0].frozen, f->clock.now);
  assert_int_equal(docs[0].digest.len, 64);
  assert_int_equal(docs[0].void_at, 0);
  assert_int_equal(xs_store_document_bytes(f->a, f->store, UID, XS_LIT("10"), f->diags, &bytes),
                   XS_OK);
  assert_text(bytes, "%PDF ten");
  assert_int_equal(xs_store_slot_list(f->a, f->store, UID, XS_LIT("2"), f->diags, &found, &count),
                   XS_OK);
  assert_int_equal(count, 2);
  assert_text(found[0].title, "企业方首席代表");
  assert_text(found[0].person, "e1");
  assert_int_equal(found[1].turn, 1);
}

static void test_documents__are_never_replaced(void **state)
{
  fixture *f = *state;
  xs_text bytes;
  freeze(f, XS_LIT("1"), "%PDF");
  xs_store_document d = {.id = XS_LIT("1")};
  assert_int_equal(xs_store_document_put(f->store, UID, &d, XS_LIT("other"), NULL, 0, f->diags),
                   XS_ECONFLICT);
  assert_string_equal(slug_at(f->diags, 0), "document-taken");
  assert_int_equal(xs_store_document_bytes(f->a, f->store, UID, XS_LIT("9"), f->diags, &bytes),
                   XS_EINPUT);
  assert_string_equal(slug_at(f->diags, 1), "document-unknown");
}

static void test_documents__a_void_one_says_who_when_and_why(void **state)
{
  fixture *f = *state;
  xs_store_document *docs;
  size_t count;
  freeze(f, XS_LIT("1"), "%PDF");
  f->clock.now += 60;
  assert_int_equal(xs_store_document_void(f->store, UID, XS_LIT("1"), XS_LIT("周明远"),
                                          XS_LIT("金额改了"), f->diags),
                   XS_OK);
  f->clock.now += 60;
  assert_int_equal(xs_store_document_void(f->store, UID, XS_LIT("1"), XS_LIT("林若溪"),
                                          XS_LIT("又一次"), f->diags),
                   XS_OK);
  assert_int_equal(xs_store_document_list(f->a, f->store, UID, f->diags, &docs, &count), XS_OK);
  assert_int_equal(docs[0].void_at, f->clock.now - 60);
  assert_text(docs[0].void_by, "周明远");
  assert_text(docs[0].void_reason, "金额改了");
}

static void test_documents__a_slot_holds_one_signoff(void **state)
{
  fixture *f = *state;
  xs_store_signoff *found;
  size_t count;
  freeze(f, XS_LIT("1"), "%PDF");
  assert_int_equal(sign(f, XS_LIT("1"), "employer-chief", XS_NO_TEXT), XS_OK);
  assert_int_equal(sign(f, XS_LIT("1"), "employer-chief", XS_NO_TEXT), XS_ECONFLICT);
  assert_string_equal(slug_at(f->diags, 0), "slot-signed");
  assert_int_equal(sign(f, XS_LIT("1"), "witness", XS_NO_TEXT), XS_EINPUT);
  assert_string_equal(slug_at(f->diags, 1), "slot-unknown");

  assert_int_equal(
      xs_store_signoff_list(f->a, f->store, UID, XS_LIT("1"), f->diags, &found, &count), XS_OK);
  assert_int_equal(count, 1);
  assert_text(found[0].means, "ink");
  assert_int_equal(found[0].at, f->clock.now);
  assert_int_equal(xs_store_signoff_void(f->store, UID, XS_LIT("1"), found[0].id, XS_LIT("周明远"),
                                         XS_LIT("签错了位置"), f->diags),
                   XS_OK);
  assert_int_equal(sign(f, XS_LIT("1"), "employer-chief", XS_NO_TEXT), XS_OK);
  assert_int_equal(
      xs_store_signoff_list(f->a, f->store, UID, XS_LIT("1"), f->diags, &found, &count), XS_OK);
  assert_int_equal(count, 2);
  assert_text(found[0].void_reason, "签错了位置");
  assert_int_equal(found[1].void_at, 0);
}

static void test_documents__a_scan_must_be_in_the_store(void **state)
{
  fixture *f = *state;
  xs_store_signoff *found;
  size_t count;
  char digest[65];
  freeze(f, XS_LIT("1"), "%PDF");
  assert_int_equal(sign(f, XS_LIT("1"), "employer-chief", XS_LIT("00ff")), XS_EINPUT);
  assert_string_equal(slug_at(f->diags, 0), "file-unknown");
  assert_int_equal(xs_store_file_put(f->store, UID, XS_LIT("page.png"), XS_LIT("png"),
                                     XS_LIT("scan"), XS_LIT("林若溪"), f->diags, digest),
                   XS_OK);
  assert_int_equal(sign(f, XS_LIT("1"), "employer-chief", xs_text_of(digest)), XS_OK);
  assert_int_equal(
      xs_store_signoff_list(f->a, f->store, UID, XS_LIT("1"), f->diags, &found, &count), XS_OK);
  assert_text(found[0].scan, digest);
}

static void put_file(fixture *f, const char *name, const char *bytes, char digest[65])
{
  assert_int_equal(xs_store_file_put(f->store, UID, xs_text_of(name), xs_text_of(bytes),
                                     XS_LIT("evidence"), XS_LIT("林若溪"), f->diags, digest),
                   XS_OK);
}

static void test_documents__a_file_is_found_by_name_and_by_digest(void **state)
{
  fixture *f = *state;
  xs_store_file *files;
  xs_text bytes;
  size_t count;
  bool found;
  char one[65], two[65];
  put_file(f, "b.png", "one", one);
  put_file(f, "a.png", "two", two);
  put_file(f, "a.png", "two", two);
  put_file(f, "b.png", "two", two);
  put_file(f, "b.png", "one", one);
  assert_int_equal(xs_store_file_list(f->a, f->store, UID, f->diags, &files, &count), XS_OK);
  assert_int_equal(count, 4);
  assert_text(files[0].name, "a.png");
  assert_text(files[0].what, "evidence");
  assert_int_equal(files[0].len, 3);
  assert_int_equal(
      xs_store_file_named(f->a, f->store, UID, XS_LIT("b.png"), f->diags, &bytes, &found), XS_OK);
  assert_true(found);
  assert_text(bytes, "one");
  assert_int_equal(
      xs_store_file_named(f->a, f->store, UID, XS_LIT("c.png"), f->diags, &bytes, &found), XS_OK);
  assert_false(found);
  assert_int_equal(xs_store_file_get(f->a, f->store, UID, xs_text_of(two), f->diags, &bytes),
                   XS_OK);
  assert_text(bytes, "two");
  assert_int_equal(xs_store_file_get(f->a, f->store, UID, XS_LIT("00ff"), f->diags, &bytes),
                   XS_EINPUT);
  assert_string_equal(slug_at(f->diags, 0), "file-unknown");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
  const struct CMUnitTest tests[] = {
      TEST(test_documents__come_back_as_they_were_frozen),
      TEST(test_documents__are_never_replaced),
      TEST(test_documents__a_void_one_says_who_when_and_why),
      TEST(test_documents__a_slot_holds_one_signoff),
      TEST(test_documents__a_scan_must_be_in_the_store),
      TEST(test_documents__a_file_is_found_by_name_and_by_digest),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
