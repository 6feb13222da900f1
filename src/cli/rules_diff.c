/* xieshang rules diff: two rule packs, entry by entry. */
#include "base/diag.h"
#include "base/text.h"
#include "cli/rule_text.h"

#include <stdio.h>

xs_exit xs_cli_rules_diff(xs_session *s);

static const char *const kinds[] = {"changed", "added", "removed"};

static void print_fields(const xs_pack_changes *changes, size_t i)
{
  xs_rule_field f;
  for (size_t k = 0; xs_pack_field_at(changes, i, k, &f); k++)
    printf("      %.*s: %.*s → %.*s\n", XS_TEXT(f.name),
           XS_TEXT(f.before.len ? f.before : XS_LIT("—")),
           XS_TEXT(f.after.len ? f.after : XS_LIT("—")));
}

static void print_change(const xs_pack_changes *changes, size_t i, const xs_rule_change *c)
{
  switch (c->kind) {
  case XS_RULE_CHANGED:
    putchar('~');
    xs_rule_print_title(&c->after);
    print_fields(changes, i);
    break;
  case XS_RULE_ADDED:
    putchar('+');
    xs_rule_print_title(&c->after);
    xs_rule_print_facts(&c->after);
    break;
  case XS_RULE_REMOVED:
    putchar('-');
    xs_rule_print_title(&c->before);
    xs_rule_print_facts(&c->before);
    break;
  }
}

static json_t *json_of_fields(const xs_pack_changes *changes, size_t i)
{
  json_t *all = json_array();
  xs_rule_field f;
  for (size_t k = 0; xs_pack_field_at(changes, i, k, &f); k++) {
    json_t *o = json_object();
    json_object_set_new(o, "field", xs_json_text(f.name));
    json_object_set_new(o, "before", xs_json_text(f.before));
    json_object_set_new(o, "after", xs_json_text(f.after));
    json_array_append_new(all, o);
  }
  return all;
}

static json_t *json_of_change(const xs_pack_changes *changes, size_t i, const xs_rule_change *c)
{
  json_t *o = json_object();
  json_object_set_new(o, "change", json_string(kinds[c->kind]));
  if (c->before.kind.len) json_object_set_new(o, "before", xs_rule_json(&c->before));
  if (c->after.kind.len) json_object_set_new(o, "after", xs_rule_json(&c->after));
  if (c->kind == XS_RULE_CHANGED) json_object_set_new(o, "fields", json_of_fields(changes, i));
  return o;
}

static void print_pack(const xs_pack *pack)
{
  xs_pack_view v = xs_pack_about(pack);
  printf("%.*s %.*s %.*s", XS_TEXT(v.name), XS_TEXT(v.id), XS_TEXT(v.version));
  if (v.site.len) printf(_(", below %.*s"), XS_TEXT(v.site));
}

static void print_head(const xs_pack *a, const xs_pack *b)
{
  print_pack(a);
  printf(" → ");
  print_pack(b);
  putchar('\n');
}

/* How many entries differ. */
static size_t show(xs_session *s, const xs_pack *a, const xs_pack *b,
                   const xs_pack_changes *changes)
{
  xs_rule_change c;
  size_t i = 0;
  json_t *all = json_array();
  xs_pack_view v = xs_pack_about(a), w = xs_pack_about(b);
  if (!s->json) print_head(a, b);
  for (; xs_pack_change_at(changes, i, &c); i++) {
    if (!s->json) print_change(changes, i, &c);
    json_array_append_new(all, json_of_change(changes, i, &c));
  }
  if (!s->json && i == 0) puts(_("nothing differs"));
  json_object_set_new(s->result, "before", xs_pack_json(&v));
  json_object_set_new(s->result, "after", xs_pack_json(&w));
  json_object_set_new(s->result, "changes", all);
  return i;
}

xs_exit xs_cli_rules_diff(xs_session *s)
{
  xs_pack *a = NULL, *b = NULL;
  xs_pack_changes *changes = NULL;
  size_t count = 0;
  xs_status status = xs_session_engine(s);
  if (!status) status = xs_pack_open(s->engine, s->args->operands[0], s->diags, &a);
  if (!status) status = xs_pack_open(s->engine, s->args->operands[1], s->diags, &b);
  if (!status) status = xs_pack_compare(a, b, &changes);
  if (!status) count = show(s, a, b, changes);
  xs_exit exit = xs_session_report(s, status);
  xs_pack_changes_free(changes);
  xs_pack_close(a);
  xs_pack_close(b);
  return exit == XS_EXIT_CLEAN && count ? XS_EXIT_WARNINGS : exit;
}
