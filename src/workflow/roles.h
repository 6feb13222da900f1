/*
 * Roles: who may do what in an office, and which roles must be different persons on one track or
 * one document. All of it is data, templates/workflow/roles.xml.
 */
#ifndef XS_WORKFLOW_ROLES_H
#define XS_WORKFLOW_ROLES_H

#include "data/xml.h"

typedef struct xs_office_role {
  xs_text id;
  xs_text name, en; /* for people, in Chinese and in English */
  xs_text may;      /* the acts, one blank between them */
} xs_office_role;

typedef struct xs_roles xs_roles; /* read-only after load */

/* Loads and checks the file into `a`. A role that is named and not there, or there twice, is
 * role-unknown or name-twice. */
xs_status xs_roles_load(xs_arena *a, const xs_schema *schema, xs_text path, xs_diags *diags,
                        const xs_roles **out);

/* Is the word in a list with one blank between words? */
bool xs_words_have(xs_text list, xs_text word);

/* NULL when there is none. */
const xs_office_role *xs_roles_find(const xs_roles *roles, xs_text id);
const xs_office_role *xs_roles_at(const xs_roles *roles, size_t i);
/* The id nearest to a mistyped one; empty when none is near. */
xs_text xs_roles_nearest(const xs_roles *roles, xs_text id);

/* The name in the language of the process: the Chinese one in Chinese, else the English one. */
xs_text xs_office_role_name(const xs_office_role *role);
/* `act` is a word of roles.rng: "step", "sign" … */
bool xs_office_role_may(const xs_office_role *role, xs_text act);
/* Must those who act in these two roles be different persons? */
bool xs_roles_apart(const xs_roles *roles, xs_text a, xs_text b);

#endif
