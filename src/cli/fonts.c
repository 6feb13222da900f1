/* xieshang fonts: the chain of faces of each role, and what a text lacks. */
#include "base/diag.h"
#include "base/text.h"
#include "cli/session.h"
#include "cli/terminal.h"

#include <stdio.h>
#include <string.h>

xs_exit xs_cli_fonts(xs_session *s);

enum { ROLE_CELLS = 10, FAMILY_CELLS = 28, STATE_CELLS = 10, MAX_ROLES = 16 };

/* ---- the chains ---- */

static json_t *json_of_face(const xs_face_view *face)
{
  json_t *object = json_object();
  json_object_set_new(object, "role", xs_json_text(face->role));
  json_object_set_new(object, "family", xs_json_text(face->family));
  json_object_set_new(object, "file", xs_json_text(face->file));
  json_object_set_new(object, "found", json_boolean(face->found));
  if (face->found) json_object_set_new(object, "sha256", xs_json_text(face->digest));
  return object;
}

static void print_face(const xs_face_view *face)
{
  xs_terminal_pad(face->role.len ? face->role : xs_text_of(_("any")), ROLE_CELLS);
  xs_terminal_pad(face->family, FAMILY_CELLS);
  xs_terminal_pad(xs_text_of(face->found ? _("found") : _("missing")), STATE_CELLS);
  printf("%.*s\n", XS_TEXT(face->file));
}

static xs_status list_faces(xs_session *s)
{
  json_t *all = json_array();
  json_object_set_new(s->result, "faces", all);
  xs_face_view face;
  xs_status status;
  for (size_t i = 0; !(status = xs_engine_font_at(s->engine, i, s->diags, &face)) && face.role.ptr;
       i++) {
    if (s->json)
      json_array_append_new(all, json_of_face(&face));
    else
      print_face(&face);
  }
  return status;
}

/* ---- what a text lacks ---- */

typedef struct roles {
  xs_text names[MAX_ROLES];
  size_t count;
} roles;

static void add_role(roles *r, xs_text name)
{
  if (name.len == 0) return; /* of last resort, and reckoned with every role already */
  for (size_t i = 0; i < r->count; i++)
    if (xs_text_equal(r->names[i], name)) return;
  if (r->count < MAX_ROLES) r->names[r->count++] = name;
}

static xs_status find_roles(xs_session *s, roles *out)
{
  xs_face_view face;
  xs_status status;
  for (size_t i = 0; !(status = xs_engine_font_at(s->engine, i, s->diags, &face)) && face.role.ptr;
       i++)
    add_role(out, face.role);
  return status;
}

static void keep_lack(xs_session *s, json_t *lacks, xs_text role, xs_text letter, uint32_t c)
{
  char code[16];
  snprintf(code, sizeof code, "U+%04X", (unsigned)c);
  json_t *object = json_object();
  json_object_set_new(object, "role", xs_json_text(role));
  json_object_set_new(object, "character", xs_json_text(letter));
  json_object_set_new(object, "code", json_string(code));
  json_array_append_new(lacks, object);
  xs_diag(s->diags, XS_D_CHARACTER_LACKING, XS_NOWHERE,
          _("no face of the role %.*s has the character “%.*s” (%s)"), XS_TEXT(role),
          XS_TEXT(letter), code);
}

static xs_status check_role(xs_session *s, xs_text role, xs_text text, json_t *lacks)
{
  for (size_t off = 0; off < text.len;) {
    size_t from = off;
    uint32_t c = xs_text_next(text, &off);
    int has = 0;
    if (c < ' ') continue;
    xs_status status = xs_engine_font_has(s->engine, role, c, s->diags, &has);
    if (status) return status;
    if (!has) keep_lack(s, lacks, role, (xs_text){text.ptr + from, off - from}, c);
  }
  return XS_OK;
}

static xs_status check_text(xs_session *s, xs_text text)
{
  json_t *lacks = json_array();
  json_object_set_new(s->result, "lacks", lacks);
  roles r = {.count = 0};
  xs_status status = find_roles(s, &r);
  for (size_t i = 0; !status && i < r.count; i++) status = check_role(s, r.names[i], text, lacks);
  if (!status && !s->json && json_array_size(lacks) == 0)
    printf("%s\n", _("every role has every character of the text"));
  return status;
}

xs_exit xs_cli_fonts(xs_session *s)
{
  const char *text = xs_args_value(s->args, XS_OPTION_TEXT);
  xs_status status = xs_session_engine(s);
  if (!status) status = text ? check_text(s, xs_text_of(text)) : list_faces(s);
  return xs_session_report(s, status);
}
