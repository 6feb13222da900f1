/* xieshang templates: what papers and packets there are. */
#include "base/diag.h"
#include "base/text.h"
#include "cli/session.h"
#include "cli/terminal.h"

#include <stdio.h>
#include <string.h>

xs_exit xs_cli_templates(xs_session *s);

enum { ID_CELLS = 28, VERSION_CELLS = 9, NAME_CELLS = 44, LABEL_CELLS = 12 };

typedef xs_status view_at(xs_engine *engine, size_t i, xs_diags *diags, xs_paper_view *out);

static json_t *json_of_view(const xs_paper_view *view)
{
  json_t *object = json_object();
  json_object_set_new(object, "id", xs_json_text(view->id));
  json_object_set_new(object, "version", xs_json_text(view->version));
  json_object_set_new(object, "name", xs_json_text(view->name));
  json_object_set_new(object, "about", xs_json_text(view->about));
  json_object_set_new(object, "paper", xs_json_text(view->kind));
  json_object_set_new(object, "file", xs_json_text(view->path));
  json_object_set_new(object, "sha256", xs_json_text(view->digest));
  return object;
}

static void print_line(const xs_paper_view *view)
{
  xs_terminal_pad(view->id, ID_CELLS);
  xs_terminal_pad(view->version, VERSION_CELLS);
  if (view->about.len)
    xs_terminal_pad(view->name, NAME_CELLS);
  else
    printf("%.*s", XS_TEXT(view->name));
  printf("%.*s\n", XS_TEXT(view->about));
}

static void print_fact(const char *label, xs_text value)
{
  if (!value.len) return;
  xs_terminal_pad(xs_text_of(label), LABEL_CELLS);
  printf("%.*s\n", XS_TEXT(value));
}

static void print_facts(const xs_paper_view *view)
{
  print_fact(_("id"), view->id);
  print_fact(_("version"), view->version);
  print_fact(_("name"), view->name);
  print_fact(_("paper"), view->kind);
  print_fact(_("about"), view->about);
  print_fact(_("file"), view->path);
  print_fact("SHA-256", view->digest);
}

/* Lists all of one kind. */
static xs_status list(xs_session *s, const char *key, const char *title, view_at *at)
{
  json_t *all = json_array();
  json_object_set_new(s->result, key, all);
  if (!s->json) printf("%s\n", title);
  xs_paper_view view;
  xs_status status;
  for (size_t i = 0; !(status = at(s->engine, i, s->diags, &view)) && view.id.ptr; i++) {
    if (s->json)
      json_array_append_new(all, json_of_view(&view));
    else
      print_line(&view);
  }
  return status;
}

/* Shows the one with this id. *found stays as it is when there is none. */
static xs_status show(xs_session *s, const char *id, view_at *at, bool *found)
{
  xs_paper_view view;
  xs_status status;
  for (size_t i = 0; !(status = at(s->engine, i, s->diags, &view)) && view.id.ptr; i++) {
    if (!xs_text_is(view.id, id)) continue;
    *found = true;
    if (s->json)
      json_object_set_new(s->result, "shown", json_of_view(&view));
    else
      print_facts(&view);
  }
  return status;
}

static xs_status show_one(xs_session *s, const char *id)
{
  bool found = false;
  xs_status status = show(s, id, xs_engine_template_at, &found);
  if (!status) status = show(s, id, xs_engine_plan_at, &found);
  if (status || found) return status;
  xs_diag(s->diags, XS_D_PAPER_UNKNOWN, XS_NOWHERE, _("there is no template or plan “%s”"), id);
  return XS_EINPUT;
}

static xs_status list_all(xs_session *s)
{
  xs_status status = list(s, "templates", _("Templates"), xs_engine_template_at);
  if (status) return status;
  if (!s->json) putchar('\n');
  return list(s, "plans", _("Packet plans"), xs_engine_plan_at);
}

xs_exit xs_cli_templates(xs_session *s)
{
  const char *id = xs_args_value(s->args, XS_OPTION_SHOW);
  xs_status status = xs_session_engine(s);
  if (!status) status = id ? show_one(s, id) : list_all(s);
  return xs_session_report(s, status);
}
