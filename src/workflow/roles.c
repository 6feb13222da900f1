#include "workflow/roles.h"

#include "base/text.h"

#include <string.h>

/* The roles of one set, of which no two may be the same person. */
typedef struct apart {
  xs_text roles; /* ids, one blank between them */
} apart;

struct xs_roles {
  xs_office_role *roles;
  size_t role_count;
  apart *sets;
  size_t set_count;
};

bool xs_words_have(xs_text list, xs_text word)
{
  for (size_t from = 0; from < list.len;) {
    size_t to = from;
    while (to < list.len && list.ptr[to] != ' ') to++;
    if (xs_text_equal((xs_text){list.ptr + from, to - from}, word)) return true;
    from = to + 1;
  }
  return false;
}

/* ---- loading ---- */

/* A list as the schema reads it: the words of an attribute, whatever white space is between. */
static xs_text words(xs_arena *a, const xmlNode *e, const char *attribute)
{
  xs_text text = xs_arena_text(a, xs_xml_attr(e, attribute));
  char *at = (char *)(uintptr_t)text.ptr; /* our own copy */
  size_t len = 0;
  for (size_t i = 0; i < text.len; i++) {
    bool blank = strchr(" \t\r\n", at[i]) != NULL;
    if (!blank)
      at[len++] = at[i];
    else if (len && at[len - 1] != ' ')
      at[len++] = ' ';
  }
  while (len && at[len - 1] == ' ') len--;
  return (xs_text){text.ptr, len};
}

static xs_status read_role(xs_arena *a, xs_roles *roles, const xmlNode *e, xs_diags *diags)
{
  xs_office_role *role = &roles->roles[roles->role_count];
  *role = (xs_office_role){
      .id = xs_arena_text(a, xs_xml_attr(e, "id")),
      .name = xs_arena_text(a, xs_xml_attr(e, "name")),
      .en = xs_arena_text(a, xs_xml_attr(e, "en")),
      .may = words(a, e, "may"),
  };
  if (!role->id.ptr || !role->name.ptr || !role->en.ptr || !role->may.ptr) return XS_ENOMEM;
  if (xs_roles_find(roles, role->id)) {
    xs_diag(diags, XS_D_NAME_TWICE, xs_xml_attr_span(e, "id"), _("there are two roles “%.*s”"),
            XS_TEXT(role->id));
    return XS_EINPUT;
  }
  roles->role_count++;
  return XS_OK;
}

static xs_status read_apart(xs_arena *a, xs_roles *roles, const xmlNode *e, xs_diags *diags)
{
  xs_status status = XS_OK;
  xs_text list = words(a, e, "roles");
  if (!list.ptr) return XS_ENOMEM;
  for (size_t from = 0; from < list.len;) {
    size_t to = from;
    while (to < list.len && list.ptr[to] != ' ') to++;
    xs_text id = {list.ptr + from, to - from};
    if (!xs_roles_find(roles, id)) {
      xs_diag(diags, XS_D_ROLE_UNKNOWN, xs_xml_attr_span(e, "roles"), _("there is no role “%.*s”"),
              XS_TEXT(id));
      status = XS_EINPUT;
    }
    from = to + 1;
  }
  roles->sets[roles->set_count++] = (apart){list};
  return status;
}

static xs_status read_all(xs_arena *a, const xmlNode *root, xs_diags *diags, xs_roles *roles)
{
  xs_status status = XS_OK;
  roles->roles = XS_NEW_ARRAY(a, xs_xml_count(root, "role"), xs_office_role);
  roles->sets = XS_NEW_ARRAY(a, xs_xml_count(root, "apart") + 1, apart);
  if (!roles->roles || !roles->sets) return XS_ENOMEM;
  for (const xmlNode *e = xs_xml_child(root, "role"); e; e = xs_xml_next(e, "role")) {
    xs_status st = read_role(a, roles, e, diags);
    if (st) status = st;
  }
  for (const xmlNode *e = xs_xml_child(root, "apart"); e; e = xs_xml_next(e, "apart")) {
    xs_status st = read_apart(a, roles, e, diags);
    if (st) status = st;
  }
  return status;
}

xs_status xs_roles_load(xs_arena *a, const xs_schema *schema, xs_text path, xs_diags *diags,
                        const xs_roles **out)
{
  xmlDocPtr doc = NULL;
  xs_roles *roles = XS_NEW(a, xs_roles);
  if (!roles) return XS_ENOMEM;
  xs_status status = xs_xml_load(a, path, diags, &doc);
  if (!status) status = xs_schema_check(schema, doc, diags);
  if (!status) status = read_all(a, xmlDocGetRootElement(doc), diags, roles);
  if (!status) *out = roles;
  return status;
}

/* ---- questions ---- */

const xs_office_role *xs_roles_at(const xs_roles *roles, size_t i)
{
  return i < roles->role_count ? &roles->roles[i] : NULL;
}

const xs_office_role *xs_roles_find(const xs_roles *roles, xs_text id)
{
  for (size_t i = 0; i < roles->role_count; i++)
    if (xs_text_equal(roles->roles[i].id, id)) return &roles->roles[i];
  return NULL;
}

xs_text xs_roles_nearest(const xs_roles *roles, xs_text id)
{
  xs_text best = XS_NO_TEXT;
  unsigned best_distance = xs_text_reach(id) + 1;
  for (size_t i = 0; i < roles->role_count; i++) {
    unsigned distance = xs_text_distance(id, roles->roles[i].id, best_distance);
    if (distance >= best_distance) continue;
    best = roles->roles[i].id;
    best_distance = distance;
  }
  return best;
}

xs_text xs_office_role_name(const xs_office_role *role)
{
  /* TRANSLATORS: the language of this catalogue as a file of data names it: zh or en */
  return strcmp(_("en"), "zh") == 0 ? role->name : role->en;
}

bool xs_office_role_may(const xs_office_role *role, xs_text act)
{
  return xs_words_have(role->may, act);
}

bool xs_roles_apart(const xs_roles *roles, xs_text a, xs_text b)
{
  if (xs_text_equal(a, b)) return false;
  for (size_t i = 0; i < roles->set_count; i++)
    if (xs_words_have(roles->sets[i].roles, a) && xs_words_have(roles->sets[i].roles, b))
      return true;
  return false;
}
