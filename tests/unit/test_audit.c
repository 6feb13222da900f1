/*
 * Somebody who means no good has the file and plain SQL. Whatever is done to the log, `verify`
 * names the first event that is not as it was.
 */
#define FILE_NAME "test_audit.db"
#include "support/store_fixture.h"

#include "store/audit.h"
#include "store/documents.h"
#include "store/journal.h"

/* Two cases: five events, then three, one after the other. */
static void fill(fixture *f)
{
  static const char *const kinds[] = {"new", "step", "freeze", "sign", "note"};
  add_case(f, XS_LIT("b"));
  for (size_t i = 0; i < 5; i++) {
    log_event(f, UID, kinds[i]);
    if (i < 3) log_event(f, XS_LIT("b"), kinds[i]);
  }
}

#define FREE                                                                                       \
  "DROP TRIGGER events_no_update; DROP TRIGGER events_no_delete; DROP TRIGGER journal_no_update;"  \
  "DROP TRIGGER journal_no_delete; DROP TRIGGER cases_no_delete; DROP TRIGGER "                    \
  "revisions_no_update;"
#define EVENT(seq) "case_id = (SELECT id FROM cases WHERE uid = 'wage-2025') AND seq = " #seq

static xs_status verify(fixture *f, xs_text uid, xs_text head)
{
  xs_audit audit;
  xs_diags_clear(f->diags);
  return xs_store_log_verify(f->store, uid, head, f->diags, &audit);
}

/* All cases are looked at, then the one alone: both say the same. */
static void expect_fault(fixture *f, const char *slug, const char *said)
{
  assert_int_equal(verify(f, XS_NO_TEXT, XS_NO_TEXT), XS_EINPUT);
  assert_string_equal(slug_at(f->diags, 0), slug);
  assert_true(is_said(f->diags, said));
  assert_int_equal(verify(f, UID, XS_NO_TEXT), XS_EINPUT);
  assert_string_equal(slug_at(f->diags, 0), slug);
  assert_true(is_said(f->diags, said));
}

static void tamper(fixture *f, const char *sql)
{
  fill(f);
  run_sql(FREE);
  run_sql(sql);
}

static void test_audit__a_log_as_it_was_written_is_sound(void **state)
{
  fixture *f = *state;
  xs_audit audit;
  xs_store_case c;
  fill(f);
  log_event(f, XS_NO_TEXT, "user");
  assert_int_equal(xs_store_log_verify(f->store, XS_NO_TEXT, XS_NO_TEXT, f->diags, &audit), XS_OK);
  assert_int_equal(audit.cases, 2);
  assert_int_equal(audit.events, 9);
  assert_int_equal(audit.end, 9);
  assert_int_equal(xs_store_log_verify(f->store, UID, XS_NO_TEXT, f->diags, &audit), XS_OK);
  assert_int_equal(audit.events, 5);
  assert_int_equal(xs_store_case_find(f->a, f->store, UID, f->diags, &c), XS_OK);
  assert_text(c.head, audit.head);
}

static void test_audit__the_store_refuses_to_change_events(void **state)
{
  fixture *f = *state;
  static const char *const tries[] = {
      "UPDATE events SET body = '{}'",
      "DELETE FROM events",
      "REPLACE INTO events(id, case_id, seq, hash, body) SELECT id, case_id, seq, hash, '{}' FROM "
      "events",
      "UPDATE journal SET link = ''",
      "DELETE FROM journal",
      "DELETE FROM cases",
      "UPDATE cases SET uid = 'x'",
      "UPDATE revisions SET by = 'x'",
      "DELETE FROM revisions",
      "UPDATE blobs SET bytes = x'00'",
      "REPLACE INTO blobs SELECT * FROM blobs",
      "REPLACE INTO revisions SELECT * FROM revisions",
      "REPLACE INTO journal SELECT * FROM journal",
      "DELETE FROM blobs",
  };
  fill(f);
  for (size_t i = 0; i < XS_COUNT(tries); i++) {
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(FILE_NAME, &db), SQLITE_OK);
    if (sqlite3_exec(db, tries[i], NULL, NULL, NULL) != SQLITE_CONSTRAINT)
      fail_msg("not refused: %s", tries[i]);
    sqlite3_close(db);
  }
  assert_int_equal(verify(f, XS_NO_TEXT, XS_NO_TEXT), XS_OK);
}

static void test_audit__names_an_event_that_was_changed(void **state)
{
  fixture *f = *state;
  tamper(f, "UPDATE events SET body = replace(body, '\"step\"', '\"note\"') WHERE " EVENT(2));
  expect_fault(f, "event-changed", "wage-2025: event 2");
}

/* The hash beside it is made to agree, for which one needs more than SQL. */
static void rehash(fixture *f, int64_t seq, const char *kind)
{
  xs_event *events;
  size_t count;
  xs_buf body;
  char hash[65], sql[8192];
  assert_int_equal(xs_store_event_list(f->a, f->store, UID, f->diags, &events, &count), XS_OK);
  events[seq - 1].kind = xs_text_of(kind);
  xs_buf_init(&body, &f->clock.host, 4096);
  assert_int_equal(xs_event_write(&events[seq - 1], &body), XS_OK);
  xs_event again;
  assert_int_equal(xs_event_read(f->a, xs_buf_view(&body), &again), XS_OK);
  memcpy(hash, again.hash.ptr, 65);
  snprintf(sql, sizeof sql,
           "UPDATE events SET body = '%.*s', hash = '%s' WHERE case_id = (SELECT id FROM cases "
           "WHERE uid = 'wage-2025') AND seq = %lld",
           XS_TEXT(xs_buf_view(&body)), hash, (long long)seq);
  xs_buf_free(&body);
  run_sql(sql);
}

static void test_audit__names_an_event_that_was_changed_with_its_hash(void **state)
{
  fixture *f = *state;
  tamper(f, "SELECT 1");
  rehash(f, 3, "note");
  expect_fault(f, "event-changed", "wage-2025: event 3");
}

static void test_audit__names_an_event_that_was_changed_with_hash_and_journal(void **state)
{
  fixture *f = *state;
  tamper(f, "SELECT 1");
  rehash(f, 3, "note");
  run_sql("UPDATE journal SET hash = (SELECT hash FROM events WHERE id = journal.number)");
  expect_fault(f, "event-changed", "wage-2025: event 3");
}

static void test_audit__the_last_event_is_held_by_the_head(void **state)
{
  fixture *f = *state;
  tamper(f, "SELECT 1");
  rehash(f, 5, "step");
  run_sql("UPDATE journal SET hash = (SELECT hash FROM events WHERE id = journal.number)");
  expect_fault(f, "event-changed", "wage-2025: event 5");
}

static void test_audit__names_an_event_that_was_removed(void **state)
{
  fixture *f = *state;
  tamper(f, "DELETE FROM events WHERE " EVENT(2));
  expect_fault(f, "event-removed", "wage-2025: event 2");
}

static void test_audit__names_an_event_that_was_removed_and_the_gap_closed(void **state)
{
  fixture *f = *state;
  tamper(f, "DELETE FROM events WHERE " EVENT(
                2) ";"
                   "UPDATE events SET seq = 2 WHERE " EVENT(
                       3) ";"
                          "UPDATE events SET seq = 3 WHERE " EVENT(
                              4) ";"
                                 "UPDATE events SET seq = 4 WHERE " EVENT(
                                     5) ";"
                                        "UPDATE cases SET events = 4 WHERE uid = 'wage-2025'");
  expect_fault(f, "event-moved", "wage-2025: event 2");
}

static void test_audit__names_the_first_that_was_cut_off(void **state)
{
  fixture *f = *state;
  tamper(f, "DELETE FROM events WHERE " EVENT(4) "; DELETE FROM events WHERE " EVENT(5));
  expect_fault(f, "event-removed", "wage-2025: event 4");
}

static void test_audit__a_cut_that_the_case_agrees_to_is_found(void **state)
{
  fixture *f = *state;
  tamper(f,
         "DELETE FROM events WHERE " EVENT(
             5) ";"
                "UPDATE cases SET events = 4, head = (SELECT hash FROM events e WHERE e.case_id = "
                "cases.id AND e.seq = 4) WHERE uid = 'wage-2025'");
  expect_fault(f, "event-removed", "wage-2025: event 5");
}

static void test_audit__names_events_in_another_order(void **state)
{
  fixture *f = *state;
  tamper(f, "UPDATE events SET seq = 99 WHERE " EVENT(
                2) ";"
                   "UPDATE events SET seq = 2 WHERE " EVENT(
                       4) ";"
                          "UPDATE events SET seq = 4 WHERE " EVENT(99));
  expect_fault(f, "event-moved", "wage-2025: event 2");
}

static void test_audit__names_an_event_that_was_moved_to_the_end(void **state)
{
  fixture *f = *state;
  tamper(f, "UPDATE events SET seq = 6 WHERE " EVENT(3));
  expect_fault(f, "event-moved", "wage-2025: event 3");
}

static void test_audit__names_an_event_that_was_put_in(void **state)
{
  fixture *f = *state;
  tamper(f,
         "INSERT INTO events(case_id, seq, hash, body) SELECT case_id, 6, hash, body FROM events "
         "WHERE " EVENT(5));
  expect_fault(f, "event-inserted", "wage-2025: event 6");
}

static void test_audit__an_event_of_another_case_was_moved(void **state)
{
  fixture *f = *state;
  tamper(
      f,
      "UPDATE events SET case_id = -1 WHERE " EVENT(
          5) ";"
             "UPDATE events SET case_id = (SELECT id FROM cases WHERE uid = 'wage-2025'), seq = 5"
             "  WHERE case_id = (SELECT id FROM cases WHERE uid = 'b') AND seq = 3;");
  assert_int_equal(verify(f, UID, XS_NO_TEXT), XS_EINPUT);
  assert_string_equal(slug_at(f->diags, 0), "event-moved");
  assert_true(is_said(f->diags, "event 5"));
}

static void test_audit__tells_a_case_that_was_removed(void **state)
{
  fixture *f = *state;
  tamper(f, "DELETE FROM events WHERE case_id = (SELECT id FROM cases WHERE uid = 'b');"
            "DELETE FROM cases WHERE uid = 'b'");
  assert_int_equal(verify(f, XS_NO_TEXT, XS_NO_TEXT), XS_EINPUT);
  assert_string_equal(slug_at(f->diags, 0), "case-removed");
  assert_true(is_said(f->diags, "“b”"));
  assert_int_equal(xs_diags_count(f->diags, XS_ERROR), 1);
}

static void test_audit__tells_a_journal_that_was_cut_or_changed(void **state)
{
  fixture *f = *state;
  tamper(f, "DELETE FROM journal WHERE number = 8; DELETE FROM events WHERE id = 8");
  assert_int_equal(verify(f, XS_NO_TEXT, XS_NO_TEXT), XS_EINPUT);
  assert_string_equal(slug_at(f->diags, 0), "event-removed");
  assert_string_equal(slug_at(f->diags, 1), "journal-changed");
}

static void test_audit__tells_an_entry_of_the_journal_that_was_changed(void **state)
{
  fixture *f = *state;
  tamper(f, "UPDATE journal SET uid = 'c' WHERE number = 4");
  assert_int_equal(verify(f, XS_NO_TEXT, XS_NO_TEXT), XS_EINPUT);
  assert_string_equal(slug_at(f->diags, 0), "journal-changed");
  assert_true(is_said(f->diags, "entry 4"));
}

static void test_audit__a_head_is_found_or_told(void **state)
{
  fixture *f = *state;
  xs_event *events;
  size_t count;
  xs_audit audit;
  fill(f);
  assert_int_equal(xs_store_event_list(f->a, f->store, UID, f->diags, &events, &count), XS_OK);
  assert_int_equal(xs_store_log_verify(f->store, UID, events[2].hash, f->diags, &audit), XS_OK);
  assert_int_equal(audit.sought_at, 3);
  assert_int_equal(verify(f, XS_LIT("b"), events[2].hash), XS_EINPUT);
  assert_string_equal(slug_at(f->diags, 0), "log-head");
}

static void test_audit__a_revision_must_be_that_of_the_log(void **state)
{
  fixture *f = *state;
  xs_store_case c;
  assert_int_equal(xs_store_case_find(f->a, f->store, UID, f->diags, &c), XS_OK);
  xs_event e = {.kind = XS_LIT("new"), .revision = 1, .digest = c.digest};
  assert_int_equal(xs_store_event_append(f->a, f->store, UID, &e, f->diags), XS_OK);
  assert_int_equal(verify(f, UID, XS_NO_TEXT), XS_OK);
  revise(f, 1, "<case>二</case>", "周明远");
  run_sql(FREE "UPDATE revisions SET blob = (SELECT max(id) FROM blobs) WHERE number = 1");
  expect_fault(f, "revision-changed", "revision 1");
}

static void test_audit__a_document_must_be_that_of_the_log(void **state)
{
  fixture *f = *state;
  xs_store_document d = {.id = XS_LIT("1")}, *docs;
  size_t count;
  assert_int_equal(xs_store_document_put(f->store, UID, &d, XS_LIT("%PDF"), NULL, 0, f->diags),
                   XS_OK);
  assert_int_equal(xs_store_document_list(f->a, f->store, UID, f->diags, &docs, &count), XS_OK);
  xs_event e = {.kind = XS_LIT("freeze"), .document = XS_LIT("1"), .digest = docs[0].digest};
  assert_int_equal(xs_store_event_append(f->a, f->store, UID, &e, f->diags), XS_OK);
  assert_int_equal(verify(f, UID, XS_NO_TEXT), XS_OK);
  run_sql("DROP TRIGGER documents_no_update; UPDATE documents SET blob = 1");
  expect_fault(f, "document-changed", "document “1”");
}

/* ---- lines of JSON ---- */

static void export_lines(fixture *f, xs_buf *out)
{
  xs_buf_init(out, &f->clock.host, 1 << 20);
  assert_int_equal(xs_store_log_export(f->store, UID, f->diags, out), XS_OK);
}

static xs_status check_lines(fixture *f, xs_text lines, xs_text head)
{
  xs_audit audit;
  xs_diags_clear(f->diags);
  return xs_log_check(&f->clock.host, XS_LIT("log.jsonl"), lines, head, f->diags, &audit);
}

static void test_audit__exported_lines_are_checked_without_a_store(void **state)
{
  fixture *f = *state;
  xs_buf out;
  xs_store_case c;
  xs_audit audit;
  fill(f);
  export_lines(f, &out);
  assert_int_equal(xs_store_case_find(f->a, f->store, UID, f->diags, &c), XS_OK);
  assert_int_equal(xs_log_check(&f->clock.host, XS_LIT("log.jsonl"), xs_buf_view(&out), c.head,
                                f->diags, &audit),
                   XS_OK);
  assert_int_equal(audit.events, 5);
  assert_int_equal(audit.sought_at, 5);
  assert_text(c.head, audit.head);
  xs_buf_free(&out);
}

/* The lines in an order, by their numbers; 0 ends it. */
static xs_text lines_in_order(fixture *f, xs_text all, const int *order)
{
  xs_text lines[8] = {{NULL, 0}};
  size_t count = 1;
  const char *p = all.ptr, *end = all.ptr + all.len;
  while (p < end && count < XS_COUNT(lines)) {
    const char *stop = memchr(p, '\n', (size_t)(end - p));
    lines[count++] = (xs_text){p, (size_t)(stop - p) + 1};
    p = stop + 1;
  }
  xs_text out = XS_LIT("");
  for (size_t i = 0; order[i]; i++)
    out = xs_arena_printf(f->a, "%.*s%.*s", XS_TEXT(out), XS_TEXT(lines[order[i]]));
  return out;
}

static void test_audit__names_the_first_wrong_line(void **state)
{
  fixture *f = *state;
  static const struct {
    int order[8];
    const char *slug, *said;
  } tries[] = {
      {{1, 2, 4, 5, 0}, "event-removed", "event 3"},
      {{1, 2, 4, 3, 5, 0}, "event-moved", "event 3"},
      {{1, 2, 2, 3, 4, 5, 0}, "event-inserted", "event 2"},
      {{2, 3, 4, 5, 0}, "event-removed", "event 1"},
      {{1, 2, 3, 4, 0}, "log-head", "none of its 4"},
      {{0}, "log-head", "none of its 0"},
  };
  xs_buf out;
  xs_store_case c;
  fill(f);
  export_lines(f, &out);
  assert_int_equal(xs_store_case_find(f->a, f->store, UID, f->diags, &c), XS_OK);
  for (size_t i = 0; i < XS_COUNT(tries); i++) {
    xs_text lines = lines_in_order(f, xs_buf_view(&out), tries[i].order);
    assert_int_equal(check_lines(f, lines, c.head), XS_EINPUT);
    assert_string_equal(slug_at(f->diags, 0), tries[i].slug);
    assert_true(is_said(f->diags, tries[i].said));
  }
  assert_int_equal(check_lines(f, XS_LIT(""), XS_NO_TEXT), XS_EINPUT);
  assert_string_equal(slug_at(f->diags, 0), "log-empty");
  xs_buf_free(&out);
}

/* Whatever single byte is changed, the line it stands in is named, or the one before. */
static void test_audit__every_changed_byte_is_found(void **state)
{
  fixture *f = *state;
  xs_buf out;
  xs_store_case c;
  fill(f);
  export_lines(f, &out);
  assert_int_equal(xs_store_case_find(f->a, f->store, UID, f->diags, &c), XS_OK);
  for (size_t i = 0; i < out.len; i++) {
    char was = out.ptr[i];
    out.ptr[i] = was == 'x' ? 'y' : 'x';
    if (check_lines(f, xs_buf_view(&out), c.head) != XS_EINPUT)
      fail_msg("byte %zu: %.60s", i, out.ptr + i - 20);
    out.ptr[i] = was;
  }
  assert_int_equal(check_lines(f, xs_buf_view(&out), c.head), XS_OK);
  xs_buf_free(&out);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
  const struct CMUnitTest tests[] = {
      TEST(test_audit__a_log_as_it_was_written_is_sound),
      TEST(test_audit__the_store_refuses_to_change_events),
      TEST(test_audit__names_an_event_that_was_changed),
      TEST(test_audit__names_an_event_that_was_changed_with_its_hash),
      TEST(test_audit__names_an_event_that_was_changed_with_hash_and_journal),
      TEST(test_audit__the_last_event_is_held_by_the_head),
      TEST(test_audit__names_an_event_that_was_removed),
      TEST(test_audit__names_an_event_that_was_removed_and_the_gap_closed),
      TEST(test_audit__names_the_first_that_was_cut_off),
      TEST(test_audit__a_cut_that_the_case_agrees_to_is_found),
      TEST(test_audit__names_events_in_another_order),
      TEST(test_audit__names_an_event_that_was_moved_to_the_end),
      TEST(test_audit__names_an_event_that_was_put_in),
      TEST(test_audit__an_event_of_another_case_was_moved),
      TEST(test_audit__tells_a_case_that_was_removed),
      TEST(test_audit__tells_a_journal_that_was_cut_or_changed),
      TEST(test_audit__tells_an_entry_of_the_journal_that_was_changed),
      TEST(test_audit__a_head_is_found_or_told),
      TEST(test_audit__a_revision_must_be_that_of_the_log),
      TEST(test_audit__a_document_must_be_that_of_the_log),
      TEST(test_audit__exported_lines_are_checked_without_a_store),
      TEST(test_audit__names_the_first_wrong_line),
      TEST(test_audit__every_changed_byte_is_found),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
