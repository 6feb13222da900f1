/*
 * Verifying archives that somebody has tampered with. Each test starts from a sound packet of two
 * files, changes one thing, and expects the finding for that and nothing else.
 */
#include "unit/unit.h"

#include "base/diag_print.h"
#include "base/digest.h"
#include "packet/manifest.h"
#include "support/archive.h"
#include "support/fail_host.h"
#include "support/memory_host.h"
#include "xieshang/engine.h"

#define PAPER "01_要约书.pdf"

/* A packet on its way to be verified. */
typedef struct packet {
  archive_entry entries[8];
  size_t count;
  xs_buf manifest, sums, bytes;
} packet;

static void list(packet *k, const char *name, const char *bytes, size_t len, bool last)
{
  char hex[65];
  assert_int_equal(xs_digest_hex(bytes, len, hex), XS_OK);
  (void)xs_buf_printf(&k->manifest, "{\"name\":\"%s\",\"size\":%zu,\"sha256\":\"%s\"}%s", name, len,
                      hex, last ? "" : ",");
  (void)xs_sums_line(&k->sums, (xs_text){hex, 64}, (xs_text){name, strlen(name)});
}

static void init(packet *k)
{
  static const char paper[] = "%PDF-1.4 an offer", kase[] = "<case/>";
  char hex[65];
  *k = (packet){0};
  xs_buf_init(&k->manifest, xs_host_posix(), XS_MAX_MANIFEST_BYTES);
  xs_buf_init(&k->sums, xs_host_posix(), XS_MAX_MANIFEST_BYTES);
  xs_buf_init(&k->bytes, xs_host_posix(), XS_MAX_BUF_BYTES);
  (void)xs_buf_str(&k->manifest, "{\"format\":\"" XS_MANIFEST_FORMAT "\",\"files\":[");
  list(k, PAPER, paper, sizeof paper - 1, false);
  list(k, "case.xml", kase, sizeof kase - 1, true);
  (void)xs_buf_str(&k->manifest, "]}");
  assert_int_equal(xs_digest_hex(k->manifest.ptr, k->manifest.len, hex), XS_OK);
  (void)xs_sums_line(&k->sums, (xs_text){hex, 64}, XS_LIT(XS_MANIFEST_NAME));

  k->entries[0] = (archive_entry){.name = PAPER, .bytes = paper, .len = sizeof paper - 1};
  k->entries[1] = (archive_entry){.name = "case.xml", .bytes = kase, .len = sizeof kase - 1};
  k->entries[2] =
      (archive_entry){.name = XS_MANIFEST_NAME, .bytes = k->manifest.ptr, .len = k->manifest.len};
  k->entries[3] = (archive_entry){.name = XS_SUMS_NAME, .bytes = k->sums.ptr, .len = k->sums.len};
  k->count = 4;
  for (size_t i = 0; i < k->count; i++) k->entries[i].flags = 0x0800;
}

static void drop(packet *k)
{
  xs_buf_free(&k->manifest);
  xs_buf_free(&k->sums);
  xs_buf_free(&k->bytes);
}

static archive_entry *add(packet *k, const char *name)
{
  archive_entry *e = &k->entries[k->count++];
  *e = (archive_entry){.name = name, .bytes = "x", .len = 1};
  return e;
}

/* `slugs`: every finding in order, a space behind each. */
static void expect_bytes(xs_text bytes, xs_status expected, const char *slugs)
{
  memory_host m;
  memory_host_init(&m, "packet.zip", bytes.ptr, bytes.len);
  xs_diags *diags = xs_diags_new(&m.host);
  xs_buf found, text;
  xs_buf_init(&found, &m.host, 10000);
  xs_buf_init(&text, &m.host, 100000);
  xs_status status = xs_packet_verify(&m.host, "packet.zip", diags);
  xs_diag_view view;
  for (size_t i = 0; xs_diags_view(diags, i, &view); i++)
    if (view.slug.len) (void)xs_buf_printf(&found, "%.*s ", XS_TEXT(view.slug));
  (void)xs_diags_print(diags, &text);
  if (status != expected) print_error("%.*s", XS_TEXT(xs_buf_view(&text)));
  assert_int_equal(status, expected);
  assert_text(xs_buf_view(&found), slugs);
  xs_buf_free(&found);
  xs_buf_free(&text);
  xs_diags_free(diags);
}

static void expect(packet *k, xs_status expected, const char *slugs)
{
  archive_write(&k->bytes, k->entries, k->count);
  expect_bytes(xs_buf_view(&k->bytes), expected, slugs);
  drop(k);
}

static void test_verify__sound_packet(void **state)
{
  packet k;
  init(&k);
  expect(&k, XS_OK, "");
}

static void test_verify__changed_content(void **state)
{
  packet k;
  init(&k);
  k.entries[0].bytes = "%PDF-1.4 An offer";
  expect(&k, XS_EINPUT, "entry-changed ");
}

static void test_verify__changed_length(void **state)
{
  packet k;
  init(&k);
  k.entries[1].bytes = "<case />";
  k.entries[1].len = 8;
  expect(&k, XS_EINPUT, "entry-changed ");
}

static void test_verify__changed_manifest(void **state)
{
  packet k;
  init(&k);
  k.manifest.ptr[k.manifest.len - 1] = ' ';
  (void)xs_buf_str(&k.manifest, "}");
  k.entries[2].bytes = k.manifest.ptr;
  k.entries[2].len = k.manifest.len;
  expect(&k, XS_EINPUT, "entry-changed ");
}

static void test_verify__missing_and_foreign_entries(void **state)
{
  packet k;
  init(&k);
  k.entries[0].name = "02_别的文书.pdf";
  expect(&k, XS_EINPUT, "entry-missing entry-unlisted ");
}

static void test_verify__no_manifest(void **state)
{
  packet k;
  init(&k);
  k.entries[2].name = "manifest.txt";
  expect(&k, XS_EINPUT, "entry-missing ");
}

static void test_verify__no_sums(void **state)
{
  packet k;
  init(&k);
  k.count = 3;
  expect(&k, XS_EINPUT, "entry-missing ");
}

static void test_verify__manifest_of_another_kind(void **state)
{
  static const char *const manifests[] = {
      "",
      "[",
      "[]",
      "{}",
      "{\"format\":\"" XS_MANIFEST_FORMAT "\"}",
      "{\"format\":\"" XS_MANIFEST_FORMAT "\",\"files\":[1]}",
      "{\"format\":\"" XS_MANIFEST_FORMAT "\",\"files\":[{\"name\":\"a\"}]}",
      "{\"format\":\"" XS_MANIFEST_FORMAT
      "\",\"files\":[{\"name\":\"a\",\"size\":-1,\"sha256\":\"\"}]}",
      "{\"format\":1,\"format\":2}",
  };
  for (size_t i = 0; i < XS_COUNT(manifests); i++) {
    packet k;
    init(&k);
    k.entries[2].bytes = manifests[i];
    k.entries[2].len = strlen(manifests[i]);
    expect(&k, XS_EINPUT, "manifest-broken ");
  }
}

static void test_verify__manifest_nested_without_end(void **state)
{
  enum { DEPTH = 100000 };
  static char deep[DEPTH];
  memset(deep, '[', sizeof deep);
  packet k;
  init(&k);
  k.entries[2].bytes = deep;
  k.entries[2].len = sizeof deep;
  expect(&k, XS_EINPUT, "manifest-broken ");
}

static void test_verify__names_that_lead_elsewhere(void **state)
{
  static const char *const names[] = {
      "../evil.pdf",  "/etc/cron.d/evil", "a\\..\\evil.pdf", "C:\\evil.pdf",
      "a/../../evil", "e\x01vil.pdf",     "\u202efdp.exe",   "C:evil"};
  for (size_t i = 0; i < XS_COUNT(names); i++) {
    packet k;
    init(&k);
    add(&k, names[i]);
    expect(&k, XS_EINPUT, "zip-path entry-unlisted ");
  }
}

static void test_verify__duplicates(void **state)
{
  static const char *const names[] = {PAPER, "CASE.XML", "Case.xml"};
  static const char *const expected[] = {"zip-duplicate zip-broken entry-unlisted ",
                                         "zip-duplicate entry-unlisted ",
                                         "zip-duplicate entry-unlisted "};
  for (size_t i = 0; i < XS_COUNT(names); i++) {
    packet k;
    init(&k);
    add(&k, names[i]);
    expect(&k, XS_EINPUT, expected[i]);
  }
}

static void test_verify__encrypted_entry(void **state)
{
  packet k;
  init(&k);
  k.entries[0].flags |= 1;
  expect(&k, XS_EINPUT, "zip-encrypted ");
}

static void test_verify__links_folders_devices(void **state)
{
  static const uint32_t modes[] = {0120777, 0040755, 0020666, 0060666, 0010666, 0140777};
  for (size_t i = 0; i < XS_COUNT(modes); i++) {
    packet k;
    init(&k);
    k.entries[0].attributes = modes[i] << 16;
    expect(&k, XS_EINPUT, "zip-link ");
  }
  packet k;
  init(&k);
  add(&k, "folder/");
  expect(&k, XS_EINPUT, "zip-link entry-unlisted ");
}

static void test_verify__bomb_by_ratio(void **state)
{
  packet k;
  init(&k);
  k.entries[0].method = 8;
  k.entries[0].stated_len = 900u << 20;
  expect(&k, XS_EINPUT, "zip-bomb entry-changed ");
}

static void test_verify__bomb_by_size(void **state)
{
  packet k;
  init(&k);
  k.entries[0].method = 8;
  k.entries[0].stated_len = 0xfffffffeu;
  k.entries[0].stated_packed = 0x7fffffffu;
  expect(&k, XS_EINPUT, "zip-bomb zip-bomb ");
}

/* Two rows of the table that share one stretch of bytes. */
static void test_verify__bomb_by_overlap(void **state)
{
  packet k;
  init(&k);
  k.entries[0].stated_packed = k.entries[0].stated_len = 3000;
  expect(&k, XS_EINPUT, "zip-bomb ");
}

static void test_verify__wrong_checksum(void **state)
{
  packet k;
  init(&k);
  k.entries[0].wrong_checksum = true;
  expect(&k, XS_EINPUT, "entry-changed ");
}

static void test_verify__two_names_for_one_entry(void **state)
{
  packet k;
  init(&k);
  k.entries[1].local_name = "CASE.xml";
  expect(&k, XS_EINPUT, "zip-broken ");
}

static void test_verify__cut_off(void **state)
{
  packet k;
  init(&k);
  archive_write(&k.bytes, k.entries, k.count);
  for (size_t len = 0; len < k.bytes.len; len += 7)
    expect_bytes((xs_text){k.bytes.ptr, len}, XS_EINPUT, "zip-broken ");
  drop(&k);
}

/* Whatever bit is turned, the archive is refused, or the bit does not matter; it never crashes. */
static void test_verify__any_bit_turned(void **state)
{
  packet k;
  init(&k);
  archive_write(&k.bytes, k.entries, k.count);
  for (size_t i = 0; i < k.bytes.len; i++) {
    k.bytes.ptr[i] = (char)(k.bytes.ptr[i] ^ 0x10);
    memory_host m;
    memory_host_init(&m, "packet.zip", k.bytes.ptr, k.bytes.len);
    xs_diags *diags = xs_diags_new(&m.host);
    xs_status status = xs_packet_verify(&m.host, "packet.zip", diags);
    assert_true(status == XS_OK || xs_diags_count(diags, XS_ERROR) > 0);
    xs_diags_free(diags);
    k.bytes.ptr[i] = (char)(k.bytes.ptr[i] ^ 0x10);
  }
  drop(&k);
}

static void test_verify__no_such_file(void **state)
{
  memory_host m;
  memory_host_init(&m, "packet.zip", NULL, 0);
  xs_diags *diags = xs_diags_new(&m.host);
  assert_int_equal(xs_packet_verify(&m.host, "packet.zip", diags), XS_EIO);
  xs_diag_view view;
  assert_true(xs_diags_view(diags, 0, &view));
  assert_text(view.slug, "file-read");
  xs_diags_free(diags);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_verify__sound_packet),
      cmocka_unit_test(test_verify__changed_content),
      cmocka_unit_test(test_verify__changed_length),
      cmocka_unit_test(test_verify__changed_manifest),
      cmocka_unit_test(test_verify__missing_and_foreign_entries),
      cmocka_unit_test(test_verify__no_manifest),
      cmocka_unit_test(test_verify__no_sums),
      cmocka_unit_test(test_verify__manifest_of_another_kind),
      cmocka_unit_test(test_verify__manifest_nested_without_end),
      cmocka_unit_test(test_verify__names_that_lead_elsewhere),
      cmocka_unit_test(test_verify__duplicates),
      cmocka_unit_test(test_verify__encrypted_entry),
      cmocka_unit_test(test_verify__links_folders_devices),
      cmocka_unit_test(test_verify__bomb_by_ratio),
      cmocka_unit_test(test_verify__bomb_by_size),
      cmocka_unit_test(test_verify__bomb_by_overlap),
      cmocka_unit_test(test_verify__wrong_checksum),
      cmocka_unit_test(test_verify__two_names_for_one_entry),
      cmocka_unit_test(test_verify__cut_off),
      cmocka_unit_test(test_verify__any_bit_turned),
      cmocka_unit_test(test_verify__no_such_file),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
