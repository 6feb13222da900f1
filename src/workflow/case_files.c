#include "workflow/case_files.h"

#include "base/limits.h"
#include "base/text.h"
#include "packet/name.h"

#include <errno.h>
#include <string.h>

typedef struct file_rule {
  const char *element, *attribute, *what;
} file_rule;

static const file_rule rules[] = {
#define X(element, attribute, what) {element, attribute, what},
#include "workflow/case_files.def"
#undef X
};

typedef struct taking {
  xs_office *office;
  const xs_case *kase;
  xs_text folder; /* with its slash */
  xs_text by;
  xs_arena *a;
  xs_diags *diags;
} taking;

static xs_status say_lacking(const taking *t, const xmlNode *e, const file_rule *rule, int error)
{
  xs_text name = xs_xml_attr(e, rule->attribute), bytes;
  bool found = false;
  xs_status st =
      xs_store_file_named(t->a, t->office->store, t->kase->id, name, t->diags, &bytes, &found);
  if (st || found) return st;
  xs_diag(t->diags, XS_D_CASE_FILE_LACKING, xs_xml_attr_span(e, rule->attribute),
          _("“%.*s” cannot be kept with the case: %s"), XS_TEXT(name), strerror(error));
  return XS_OK;
}

static xs_status take(const taking *t, const xmlNode *e, const file_rule *rule)
{
  xs_text name = xs_xml_attr(e, rule->attribute);
  if (!name.len || xs_name_danger(name)) return XS_OK; /* the check of the case has said so */
  const xs_host *host = t->office->host;
  xs_text path = xs_arena_printf(t->a, "%.*s%.*s", XS_TEXT(t->folder), XS_TEXT(name));
  const void *ptr = NULL;
  size_t len = 0;
  if (!path.ptr) return XS_ENOMEM;
  errno = 0;
  if (host->map(host->user, path.ptr, XS_MAX_ATTACHED_BYTES, &ptr, &len) != 0)
    return errno == ENOMEM ? XS_ENOMEM : say_lacking(t, e, rule, errno);
  char digest[65];
  xs_status st = xs_store_file_put(t->office->store, t->kase->id, name, (xs_text){ptr, len},
                                   xs_text_of(rule->what), t->by, t->diags, digest);
  host->unmap(host->user, ptr, len);
  return st;
}

xs_status xs_case_files_take(xs_office *office, const xs_case *kase, xs_text path, xs_text by,
                             xs_diags *diags)
{
  taking t = {.office = office,
              .kase = kase,
              .folder = path,
              .by = by,
              .a = xs_arena_new(office->host),
              .diags = diags};
  while (t.folder.len && t.folder.ptr[t.folder.len - 1] != '/') t.folder.len--;
  xs_status st = t.a ? XS_OK : XS_ENOMEM;
  const xmlNode *root = xmlDocGetRootElement(kase->doc);
  for (const xmlNode *e = xs_xml_walk(root, NULL); e && !st; e = xs_xml_walk(root, e))
    for (size_t i = 0; i < XS_COUNT(rules) && !st; i++)
      if (xs_xml_is(e, rules[i].element)) st = take(&t, e, &rules[i]);
  xs_arena_free(t.a);
  return st;
}
