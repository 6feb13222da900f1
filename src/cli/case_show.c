/* xieshang case list, show, due, log: what the store knows of cases. Nothing is changed. */
#include "base/diag.h"
#include "base/text.h"
#include "cli/office.h"
#include "cli/terminal.h"
#include "workflow/record.h"

#include <stdio.h>
#include <string.h>

xs_exit xs_cli_case_list(xs_session *s);
xs_exit xs_cli_case_show(xs_session *s);
xs_exit xs_cli_case_log(xs_session *s);

enum { ID_CELLS = 24, DAY_CELLS = 12, NAME_CELLS = 20, STATE_CELLS = 20, TITLE_CELLS = 44 };

static xs_text attr(const xmlNode *e, const char *name)
{
  xs_text value = xs_xml_attr(e, name);
  return value.ptr ? value : XS_LIT("");
}

/* The name in the language of the process. */
static xs_text name_of(const xmlNode *e, const char *zh, const char *en)
{
  xs_text other = xs_xml_attr(e, en);
  /* TRANSLATORS: the language of this catalogue as a file of data names it: zh or en */
  return strcmp(_("en"), "zh") == 0 || !other.len ? attr(e, zh) : other;
}

static xs_exit end(xs_session *s, xs_status st, xs_office *office)
{
  xs_exit exit = xs_session_report(s, st);
  xs_office_close(office);
  return exit;
}

/* ---- list ---- */

static void write_day(uint32_t day, char out[16])
{
  if (day)
    snprintf(out, 16, "%04u-%02u-%02u", day / 10000 % 10000, day / 100 % 100, day % 100);
  else
    snprintf(out, 16, "%s", "");
}

static json_t *json_of_row(const xs_case_row *row, const char *due)
{
  json_t *object = json_object();
  json_object_set_new(object, "id", xs_json_text(row->uid));
  json_object_set_new(object, "title", xs_json_text(row->title));
  json_object_set_new(object, "kind", xs_json_text(row->kind));
  json_object_set_new(object, "year", xs_json_text(row->year));
  json_object_set_new(object, "state", xs_json_text(row->state));
  json_object_set_new(object, "revision", json_integer(row->revision));
  if (!row->due) return object;
  json_object_set_new(object, "due", xs_json_text(xs_text_of(due)));
  json_object_set_new(object, "due-what", xs_json_text(row->due_what));
  return object;
}

static int show_row(void *user, const xs_case_row *row)
{
  xs_session *s = user;
  char due[16];
  write_day(row->due, due);
  if (s->json) {
    json_array_append_new(json_object_get(s->result, "cases"), json_of_row(row, due));
    return 0;
  }
  xs_terminal_pad(row->uid, ID_CELLS);
  xs_terminal_pad(row->title, TITLE_CELLS);
  printf("%.*s\n", XS_TEXT(row->state));
  if (row->due) printf("%*s%s  %.*s\n", ID_CELLS, "", due, XS_TEXT(row->due_what));
  return 0;
}

xs_exit xs_cli_case_list(xs_session *s)
{
  xs_office *office = NULL;
  xs_case_filter filter = {.text = s->args->operand_count ? s->args->operands[0] : NULL,
                           .state = xs_args_value(s->args, XS_OPTION_STATE)};
  if (!xs_args_day(s->args, XS_OPTION_AS_OF, &filter.as_of)) return XS_EXIT_USAGE;
  json_object_set_new(s->result, "cases", json_array());
  xs_status st = xs_session_office(s, XS_OFFICE_READ_ONLY, &office);
  if (!st) st = xs_office_list(office, &filter, show_row, s, s->diags);
  return end(s, st, office);
}

/* ---- show ---- */

static void print_tracks(const xmlNode *root)
{
  printf("\n%s\n", _("Where it stands"));
  for (const xmlNode *e = xs_xml_child(root, "track"); e; e = xs_xml_next(e, "track")) {
    printf("  ");
    xs_terminal_pad(attr(e, "since"), DAY_CELLS);
    xs_terminal_pad(name_of(e, "name", "en"), NAME_CELLS - 8);
    xs_terminal_pad(attr(e, "key"), 8);
    xs_text state = name_of(e, "state-name", "state-en");
    printf("%.*s\n", XS_TEXT(state));
  }
}

static void print_missing(const xmlNode *next)
{
  for (const xmlNode *m = xs_xml_child(next, "missing"); m; m = xs_xml_next(m, "missing")) {
    xs_text words = attr(m, "words");
    printf("      %s%.*s\n", _("missing: "), XS_TEXT(words));
  }
}

static void print_next(const xmlNode *root)
{
  const xmlNode *e = xs_xml_child(root, "next");
  printf("\n%s\n", e ? _("What may be done next") : _("Nothing is left to be done"));
  for (; e; e = xs_xml_next(e, "next")) {
    bool possible = xs_xml_attr_is(e, "possible", "yes");
    xs_text name = attr(e, "name");
    printf("  %s ", possible ? "✓" : "·");
    xs_terminal_pad(attr(e, "step"), NAME_CELLS);
    xs_terminal_pad(attr(e, "key"), 8);
    printf("%.*s%s%s\n", XS_TEXT(name),
           xs_xml_attr_is(e, "needs-reason", "yes") ? _(" (needs --reason)") : "",
           xs_xml_attr_is(e, "needs-evidence", "yes") ? _(" (needs --evidence)") : "");
    if (!possible) print_missing(e);
  }
}

/* What people call the state of a deadline. */
static xs_text deadline_state(const xmlNode *e)
{
  xs_text word = attr(e, "state");
  for (unsigned i = 0; i <= XS_DEADLINE_VOID; i++)
    if (xs_text_is(word, xs_deadline_state_word((xs_deadline_state)i)))
      return xs_text_of(_(xs_deadline_state_name((xs_deadline_state)i)));
  return word;
}

/* A day that rests on what nobody has verified is not shown as law. */
static xs_text ground_of(const xmlNode *e)
{
  if (xs_xml_attr_is(e, "legal", "yes") && xs_xml_attr_is(e, "verified", "no"))
    return xs_text_of(_("not verified"));
  return attr(e, "law").len ? attr(e, "law") : attr(e, "agreed-in");
}

static void print_deadlines(const xmlNode *root)
{
  const xmlNode *e = xs_xml_child(root, "deadline");
  if (e) printf("\n%s\n", _("Deadlines"));
  for (; e; e = xs_xml_next(e, "deadline")) {
    bool is_missed = xs_xml_attr_is(e, "missed", "yes");
    if (xs_xml_attr_is(e, "state", "void") && !is_missed) continue; /* no longer needed */
    xs_text ground = ground_of(e), actor = attr(e, "actor");
    bool is_law = !xs_xml_attr_is(e, "verified", "no");
    printf("  ");
    xs_terminal_pad(is_law ? attr(e, "due") : XS_LIT("待核实"), DAY_CELLS);
    xs_terminal_pad(attr(e, "what"), NAME_CELLS);
    xs_terminal_pad(is_missed ? xs_text_of(_(xs_deadline_missed_name())) : deadline_state(e),
                    STATE_CELLS);
    xs_terminal_pad(attr(e, "met"), DAY_CELLS);
    printf("%.*s%s%.*s\n", XS_TEXT(actor), ground.len ? "  " : "", XS_TEXT(ground));
  }
}

static void print_documents(const xmlNode *root)
{
  const xmlNode *e = xs_xml_child(root, "document");
  if (e) printf("\n%s\n", _("Papers"));
  for (; e; e = xs_xml_next(e, "document")) {
    size_t all = 0, done = 0;
    for (const xmlNode *slot = xs_xml_child(e, "slot"); slot; slot = xs_xml_next(slot, "slot")) {
      all++;
      done += xs_xml_attr(slot, "signed").len != 0;
    }
    printf("  ");
    xs_terminal_pad(attr(e, "id"), ID_CELLS);
    printf(xs_xml_attr_is(e, "valid", "no") ? _("void") : _("%zu of %zu signed"), done, all);
    putchar('\n');
  }
}

static void print_head(const xs_office_case *c)
{
  xs_text as_of = attr(xs_office_record_of(c), "as-of");
  printf("%.*s\n", XS_TEXT(c->row.title));
  printf(_("case “%.*s”, revision %lld, on %.*s\n"), XS_TEXT(c->row.uid), (long long)c->revision,
         XS_TEXT(as_of));
}

static void print_case(const xs_office_case *c)
{
  const xmlNode *root = xs_office_record_of(c);
  print_head(c);
  print_tracks(root);
  print_next(root);
  print_deadlines(root);
  print_documents(root);
  printf(_("\nLog: %lld entries, head %.*s\n"), (long long)c->row.events, XS_TEXT(c->row.head));
}

/* The answer to a question about one case; read as of --as-of. */
static xs_exit answer(xs_session *s, bool next, void (*print)(const xs_office_case *c))
{
  xs_office *office = NULL;
  xs_office_case *c = NULL;
  uint32_t as_of = 0;
  if (!xs_args_day(s->args, XS_OPTION_AS_OF, &as_of)) return XS_EXIT_USAGE;
  xs_status st = xs_session_office(s, XS_OFFICE_READ_ONLY, &office);
  if (!st) st = xs_office_load(office, xs_text_of(s->args->operands[0]), as_of, s->diags, &c);
  if (!st && next) st = xs_record_add_next(c, s->diags);
  if (!st && s->json) {
    xs_result_text(s, "title", c->row.title);
    json_object_set_new(s->result, "record", xs_json_element(xs_office_record_of(c)));
  } else if (!st) {
    print(c);
  }
  xs_office_case_free(c);
  return end(s, st, office);
}

xs_exit xs_cli_case_show(xs_session *s)
{
  return answer(s, true, print_case);
}

/* ---- log ---- */

static void print_event(const xmlNode *e)
{
  static const char *const details[] = {"reason", "document", "slot", "person", "means"};
  xs_text at = attr(e, "at"), by = attr(e, "by"), role = attr(e, "role-name");
  xs_text kind = attr(e, "kind"), name = attr(e, "name"), to = attr(e, "to-name");
  xs_text hash = attr(e, "hash"), seq = attr(e, "seq"), key = attr(e, "key");
  printf("%4.*s  %.*s  ", XS_TEXT(seq), XS_TEXT(at));
  xs_terminal_pad(by, STATE_CELLS);
  xs_terminal_pad(role, DAY_CELLS - 4);
  printf("%.*s%s%.*s%s%.*s%s%.*s  %.12s%s\n", XS_TEXT(kind), name.len ? " " : "", XS_TEXT(name),
         key.len ? " " : "", XS_TEXT(key), to.len ? " → " : "", XS_TEXT(to), hash.ptr,
         xs_xml_attr_is(e, "undone", "yes") ? _("  (taken back)") : "");
  for (size_t i = 0; i < XS_COUNT(details); i++) {
    xs_text value = attr(e, details[i]);
    if (value.len) printf("      %s: %.*s\n", details[i], XS_TEXT(value));
  }
  for (const xmlNode *f = xs_xml_child(e, "file"); f; f = xs_xml_next(f, "file")) {
    xs_text file = attr(f, "name"), digest = attr(f, "digest");
    printf("      %s: %.*s  %.12s\n", "evidence", XS_TEXT(file), digest.ptr);
  }
}

static void print_log(const xs_office_case *c)
{
  const xmlNode *root = xs_office_record_of(c);
  for (const xmlNode *e = xs_xml_child(root, "event"); e; e = xs_xml_next(e, "event"))
    print_event(e);
}

xs_exit xs_cli_case_log(xs_session *s)
{
  return answer(s, false, print_log);
}
