/* xieshang user add, list, remove: the people of an office. */
#include "base/diag.h"
#include "base/text.h"
#include "cli/office.h"
#include "cli/terminal.h"

#include <stdio.h>

xs_exit xs_cli_user_add(xs_session *s);
xs_exit xs_cli_user_list(xs_session *s);
xs_exit xs_cli_user_remove(xs_session *s);

enum { NAME_CELLS = 16 };

static xs_exit end(xs_session *s, xs_status st, xs_office *office)
{
  xs_exit exit = xs_session_report(s, st);
  xs_office_close(office);
  return exit;
}

/* The operands behind the name are roles. */
xs_exit xs_cli_user_add(xs_session *s)
{
  xs_cli_act who;
  xs_office *office = NULL;
  if (!xs_args_act(s->args, &who)) return XS_EXIT_USAGE;
  const char *const *roles = (const char *const *)s->args->operands + 1;
  xs_status st = xs_session_office(s, XS_OFFICE_CREATE, &office);
  if (!st)
    st = xs_office_user_add(office, s->args->operands[0], roles, s->args->operand_count - 1,
                            &who.act, s->diags);
  return end(s, st, office);
}

xs_exit xs_cli_user_remove(xs_session *s)
{
  xs_cli_act who;
  xs_office *office = NULL;
  if (!xs_args_act(s->args, &who) || !xs_args_need(s->args, XS_OPTION_AS)) return XS_EXIT_USAGE;
  xs_status st = xs_session_office(s, 0, &office);
  if (!st) st = xs_office_user_remove(office, s->args->operands[0], &who.act, s->diags);
  return end(s, st, office);
}

static int show(void *user, const xs_user_row *row)
{
  xs_session *s = user;
  if (s->json) {
    json_t *object = json_object();
    json_object_set_new(object, "name", xs_json_text(row->name));
    json_object_set_new(object, "roles", xs_json_text(row->roles));
    json_object_set_new(object, "active", json_boolean(row->active));
    json_array_append_new(json_object_get(s->result, "users"), object);
    return 0;
  }
  xs_terminal_pad(row->name, NAME_CELLS);
  printf("%.*s%s%s\n", XS_TEXT(row->roles), row->active ? "" : "  ",
         row->active ? "" : _("removed"));
  return 0;
}

xs_exit xs_cli_user_list(xs_session *s)
{
  xs_office *office = NULL;
  json_object_set_new(s->result, "users", json_array());
  xs_status st = xs_session_office(s, XS_OFFICE_READ_ONLY, &office);
  if (!st) st = xs_office_user_list(office, show, s, s->diags);
  return end(s, st, office);
}
