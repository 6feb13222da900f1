/* xieshang sign: papers of a case are frozen, signed, listed and made void. */
#include "xieshang/sign.h"
#include "base/diag.h"
#include "base/text.h"
#include "cli/office.h"
#include "cli/out_file.h"
#include "cli/terminal.h"
#include "workflow/record.h"

#include <stdio.h>
#include <string.h>

xs_exit xs_cli_sign_freeze(xs_session *s);
xs_exit xs_cli_sign_list(xs_session *s);
xs_exit xs_cli_sign_add(xs_session *s);
xs_exit xs_cli_sign_void(xs_session *s);
xs_exit xs_cli_sign_show(xs_session *s);

static const char *value(const xs_session *s, xs_option option)
{
  return xs_args_value(s->args, option);
}

static xs_exit end(xs_session *s, xs_status st, xs_office *office)
{
  xs_exit exit = xs_session_report(s, st);
  xs_office_close(office);
  return exit;
}

typedef xs_status act_on(xs_session *s, xs_office *office, const xs_act *act, xs_done *done);

/* Opens the store, acts, tells what was done. */
static xs_exit run(xs_session *s, act_on *act_on_it)
{
  xs_cli_act who;
  xs_office *office = NULL;
  xs_done done = {0};
  if (!xs_args_act(s->args, &who) || !xs_args_need(s->args, XS_OPTION_AS)) return XS_EXIT_USAGE;
  xs_status st = xs_session_office(s, 0, &office);
  if (!st) st = act_on_it(s, office, &who.act, &done);
  if (!st) xs_office_tell(s, &done);
  return end(s, st, office);
}

/* ---- freeze ---- */

static xs_status freeze(xs_session *s, xs_office *office, const xs_act *act, xs_done *done)
{
  static const char *const copies[] = {"filing", "public", "draft"};
  size_t copy = XS_COPY_FILING;
  if (!xs_args_choice(s->args, XS_OPTION_COPY, copies, XS_COUNT(copies), &copy)) return XS_EINPUT;
  const xs_freeze_order order = {
      .template_id = s->args->operands[0], .item = value(s, XS_OPTION_ITEM), .copy = (xs_copy)copy};
  xs_status st = xs_office_freeze(office, value(s, XS_OPTION_CASE), &order, act, s->diags, done);
  if (st || !xs_args_given(s->args, XS_OPTION_OUTPUT)) return st;
  const xs_bytes pdf = {s->host, (void *)(uintptr_t)done->paper.ptr, done->paper.len};
  return xs_out_file_write(s, &pdf);
}

xs_exit xs_cli_sign_freeze(xs_session *s)
{
  if (!xs_args_need(s->args, XS_OPTION_CASE)) return XS_EXIT_USAGE;
  if (xs_args_given(s->args, XS_OPTION_OUTPUT) && !xs_out_file_check(s)) return XS_EXIT_USAGE;
  return run(s, freeze);
}

/* ---- add and void ---- */

static xs_status add(xs_session *s, xs_office *office, const xs_act *act, xs_done *done)
{
  const xs_sign_order order = {.document = value(s, XS_OPTION_DOCUMENT),
                               .slot = value(s, XS_OPTION_SLOT),
                               .person = value(s, XS_OPTION_PERSON),
                               .means = value(s, XS_OPTION_MEANS),
                               .file = value(s, XS_OPTION_FILE)};
  return xs_office_sign(office, value(s, XS_OPTION_CASE), &order, act, s->diags, done);
}

xs_exit xs_cli_sign_add(xs_session *s)
{
  if (!xs_args_need(s->args, XS_OPTION_CASE) || !xs_args_need(s->args, XS_OPTION_SLOT) ||
      !xs_args_need(s->args, XS_OPTION_MEANS))
    return XS_EXIT_USAGE;
  return run(s, add);
}

static xs_status make_void(xs_session *s, xs_office *office, const xs_act *act, xs_done *done)
{
  return xs_office_sign_void(office, value(s, XS_OPTION_CASE), s->args->operands[0],
                             value(s, XS_OPTION_SLOT), act, s->diags, done);
}

xs_exit xs_cli_sign_void(xs_session *s)
{
  return xs_args_need(s->args, XS_OPTION_CASE) ? run(s, make_void) : XS_EXIT_USAGE;
}

/* ---- list and show ---- */

enum { SLOT_CELLS = 20, NAME_CELLS = 18, PERSON_CELLS = 12, DAY_CELLS = 12 };

static xs_text attr(const xmlNode *e, const char *name)
{
  xs_text t = xs_xml_attr(e, name);
  return t.ptr ? t : XS_LIT("");
}

static void print_void(const xmlNode *e)
{
  xs_text person = attr(e, "person"), day = attr(e, "signed"), by = attr(e, "void-by");
  xs_text at = attr(e, "void-at"), reason = attr(e, "reason");
  printf(_("      void: %.*s, %.*s; by %.*s on %.10s: %.*s\n"), XS_TEXT(person), XS_TEXT(day),
         XS_TEXT(by), at.ptr, XS_TEXT(reason));
}

static void print_slot(const xmlNode *e)
{
  xs_text day = attr(e, "signed"), means = attr(e, "means-name"), ground = attr(e, "ground");
  printf("  %s ", day.len ? "✓" : "·");
  xs_terminal_pad(attr(e, "id"), SLOT_CELLS);
  xs_terminal_pad(attr(e, "title"), NAME_CELLS);
  xs_terminal_pad(day.len ? attr(e, "person") : attr(e, "name"), PERSON_CELLS);
  xs_terminal_pad(day, DAY_CELLS);
  printf("%.*s%s%.*s\n", XS_TEXT(means), ground.len ? "  " : "", XS_TEXT(ground));
  for (const xmlNode *v = xs_xml_child(e, "void"); v; v = xs_xml_next(v, "void")) print_void(v);
}

static const char *state_of(const xmlNode *document)
{
  if (xs_xml_attr_is(document, "valid", "no")) return _("void");
  return xs_xml_attr_is(document, "complete", "yes") ? _("signed") : _("to be signed");
}

static void print_document(const xmlNode *e)
{
  xs_text id = attr(e, "id"), title = attr(e, "title"), copy = attr(e, "copy");
  xs_text at = attr(e, "frozen"), by = attr(e, "by"), sha256 = attr(e, "sha256");
  printf("%.*s  %.*s (%.*s): %s\n", XS_TEXT(id), XS_TEXT(title), XS_TEXT(copy), state_of(e));
  printf(_("  frozen by %.*s on %.10s, SHA-256 %.*s\n"), XS_TEXT(by), at.ptr, XS_TEXT(sha256));
  if (xs_xml_attr_is(e, "valid", "no")) {
    xs_text who = attr(e, "void-by"), when = attr(e, "void-at"), why = attr(e, "void-reason");
    printf(_("  void since %.10s, by %.*s: %.*s\n"), when.ptr, XS_TEXT(who), XS_TEXT(why));
  }
  for (const xmlNode *slot = xs_xml_child(e, "slot"); slot; slot = xs_xml_next(slot, "slot"))
    print_slot(slot);
}

/* The documents of the case, all or the one of this id. */
static size_t tell_documents(xs_session *s, const xmlNode *record, const char *id)
{
  size_t count = 0;
  json_t *list = json_array();
  for (const xmlNode *e = xs_xml_child(record, "document"); e; e = xs_xml_next(e, "document")) {
    if (id && !xs_xml_attr_is(e, "id", id)) continue;
    if (s->json) json_array_append_new(list, xs_json_element(e));
    if (!s->json && count) putchar('\n');
    if (!s->json) print_document(e);
    count++;
  }
  json_object_set_new(s->result, "documents", list);
  if (!count && !id && !s->json) printf("%s\n", _("nothing was frozen to be signed"));
  return count;
}

static xs_status write_record(xs_session *s, const xs_office_case *c)
{
  if (!xs_args_given(s->args, XS_OPTION_OUTPUT)) return XS_OK;
  xs_bytes pdf;
  const xs_paper_order order = {
      .which = "sign-record", .kase = c->kase, .rules = c->rules, .record = xs_office_record_of(c)};
  xs_status st = xs_engine_render_order(s->engine, &order, s->diags, &pdf);
  if (!st) st = xs_out_file_write(s, &pdf);
  xs_bytes_free(&pdf);
  return st;
}

xs_exit xs_cli_sign_list(xs_session *s)
{
  xs_office *office = NULL;
  xs_office_case *c = NULL;
  uint32_t as_of = 0;
  if (!xs_args_need(s->args, XS_OPTION_CASE) || !xs_args_day(s->args, XS_OPTION_AS_OF, &as_of))
    return XS_EXIT_USAGE;
  if (xs_args_given(s->args, XS_OPTION_OUTPUT) && !xs_out_file_check(s)) return XS_EXIT_USAGE;
  xs_status st = xs_session_office(s, XS_OFFICE_READ_ONLY, &office);
  if (!st) st = xs_office_load(office, xs_text_of(value(s, XS_OPTION_CASE)), as_of, s->diags, &c);
  if (!st && !xs_out_file_is_stdout(s)) tell_documents(s, xs_office_record_of(c), NULL);
  if (!st) st = write_record(s, c);
  xs_office_case_free(c);
  return end(s, st, office);
}

/* The document as it was frozen, into a file; its digest is checked on the way. */
static xs_status write_document(xs_session *s, xs_office *office, const char *id)
{
  xs_bytes pdf;
  xs_status st = xs_office_document(office, value(s, XS_OPTION_CASE), id, s->diags, &pdf);
  if (!st && xs_args_given(s->args, XS_OPTION_OUTPUT)) st = xs_out_file_write(s, &pdf);
  xs_bytes_free(&pdf);
  return st;
}

xs_exit xs_cli_sign_show(xs_session *s)
{
  xs_office *office = NULL;
  xs_office_case *c = NULL;
  const char *id = s->args->operands[0];
  if (!xs_args_need(s->args, XS_OPTION_CASE)) return XS_EXIT_USAGE;
  if (xs_args_given(s->args, XS_OPTION_OUTPUT) && !xs_out_file_check(s)) return XS_EXIT_USAGE;
  xs_status st = xs_session_office(s, XS_OFFICE_READ_ONLY, &office);
  if (!st) st = xs_office_load(office, xs_text_of(value(s, XS_OPTION_CASE)), 0, s->diags, &c);
  if (!st) st = write_document(s, office, id);
  if (!st && !xs_out_file_is_stdout(s)) tell_documents(s, xs_office_record_of(c), id);
  xs_office_case_free(c);
  return end(s, st, office);
}
