#include "cli/office.h"

#include "base/diag.h"
#include "base/text.h"
#include "cli/place.h"
#include "data/xml.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- the store ---- */

xs_status xs_session_office(xs_session *s, unsigned flags, xs_office **out)
{
  *out = NULL;
  char *path =
      xs_place_store(xs_args_value(s->args, XS_OPTION_STORE), (flags & XS_OFFICE_CREATE) != 0);
  if (!path) {
    xs_diag(s->diags, XS_D_STORE_MISSING, XS_NOWHERE, "%s",
            _("there is no folder for the store: name one with --store FILE"));
    return XS_EIO;
  }
  xs_status st = xs_session_engine(s);
  if (!st) st = xs_office_open(s->engine, path, flags, s->diags, out);
  free(path);
  return st;
}

/* ---- who acts ---- */

static bool read_base(const xs_args *args, int64_t *out)
{
  const char *value = xs_args_value(args, XS_OPTION_BASE);
  uint64_t number = 0;
  if (!value) return true;
  if (!xs_text_uint(xs_text_of(value), &number) || number == 0 || number > INT32_MAX) {
    xs_usage_error(args->command, _("“--base” takes the number of a revision, not “%s”"), value);
    return false;
  }
  *out = (int64_t)number;
  return true;
}

bool xs_args_act(const xs_args *args, xs_cli_act *out)
{
  *out = (xs_cli_act){.act = {.as = xs_args_value(args, XS_OPTION_AS),
                              .role = xs_args_value(args, XS_OPTION_ROLE),
                              .reason = xs_args_value(args, XS_OPTION_REASON),
                              .with = xs_args_value(args, XS_OPTION_WITH),
                              .into = xs_args_value(args, XS_OPTION_INTO)}};
  const char *path;
  xs_act *act = &out->act;
  while ((path = xs_args_nth(args, XS_OPTION_EVIDENCE, act->evidence_count)) != NULL)
    out->evidence[act->evidence_count++] = path;
  act->evidence = out->evidence;
  return xs_args_date(args, &act->date) && read_base(args, &act->base_revision);
}

/* ---- what was done ---- */

static void keep_text(xs_session *s, const char *key, xs_text value)
{
  if (value.len) xs_result_text(s, key, value);
}

static void keep_done(xs_session *s, const xs_done *done)
{
  char day[16];
  snprintf(day, sizeof day, "%04u-%02u-%02u", done->date / 10000 % 10000, done->date / 100 % 100,
           done->date % 100);
  xs_result_text(s, "case", done->uid);
  json_object_set_new(s->result, "revision", json_integer(done->revision));
  json_object_set_new(s->result, "event", json_integer(done->event));
  xs_result_text(s, "hash", done->hash);
  xs_result_text(s, "date", xs_text_of(day));
  xs_result_text(s, "role", done->role);
  keep_text(s, "step", done->step);
  keep_text(s, "track", done->track);
  keep_text(s, "key", done->key);
  keep_text(s, "from", done->from);
  keep_text(s, "to", done->to);
  keep_text(s, "template", done->template_id);
  keep_text(s, "document", done->document);
}

void xs_office_tell(xs_session *s, const xs_done *done)
{
  keep_done(s, done);
  if (s->json) return;
  const char *blank = done->key.len ? " " : "";
  if (done->step.len)
    printf(_("%.*s%s%.*s: %.*s → %.*s, on %04u-%02u-%02u\n"), XS_TEXT(done->step), blank,
           XS_TEXT(done->key), XS_TEXT(done->from), XS_TEXT(done->to), done->date / 10000 % 10000,
           done->date / 100 % 100, done->date % 100);
  printf(_("case “%.*s”: revision %lld, entry %lld of the log, head %.12s\n"), XS_TEXT(done->uid),
         (long long)done->revision, (long long)done->event, done->hash.ptr);
  if (done->document.len)
    printf(_("frozen: %.*s (%.*s)\n"), XS_TEXT(done->document), XS_TEXT(done->template_id));
}

/* ---- trees as JSON ---- */

json_t *xs_json_element(const xmlNode *element)
{
  json_t *object = json_object();
  for (const xmlAttr *attr = element->properties; attr; attr = attr->next)
    json_object_set_new(object, (const char *)attr->name,
                        xs_json_text(xs_xml_attr(element, (const char *)attr->name)));
  for (const xmlNode *child = xs_xml_child(element, NULL); child;
       child = xs_xml_next(child, NULL)) {
    json_t *array = json_object_get(object, (const char *)child->name);
    if (!array) {
      array = json_array();
      json_object_set_new(object, (const char *)child->name, array);
    }
    json_array_append_new(array, xs_json_element(child));
  }
  return object;
}
