/* The people of an office. */
#include "base/buf.h"
#include "base/limits.h"
#include "base/text.h"
#include "workflow/acting.h"

/* What is done to one user. */
typedef struct change {
  xs_office *office;
  xs_diags *diags;
  xs_arena *a;
  xs_store_user *users; /* before it */
  size_t user_count;
} change;

static bool is_first(const change *c)
{
  return c->user_count == 0;
}

static bool may_manage(const xs_office *office, xs_text roles)
{
  for (size_t i = 0; xs_roles_at(office->roles, i); i++) {
    const xs_office_role *role = xs_roles_at(office->roles, i);
    if (xs_office_role_may(role, XS_LIT("user")) && xs_words_have(roles, role->id)) return true;
  }
  return false;
}

/* Somebody must be left who may add the next one. */
static xs_status check_manager(const change *c, const xs_store_user *changed)
{
  bool left = changed->active && may_manage(c->office, changed->roles);
  for (size_t i = 0; i < c->user_count && !left; i++)
    left = c->users[i].active && !xs_text_equal(c->users[i].name, changed->name) &&
           may_manage(c->office, c->users[i].roles);
  if (left) return XS_OK;
  xs_diag(c->diags, XS_D_USER_LAST, XS_NOWHERE, "%s", _("nobody would be left who may add users"));
  for (size_t i = 0; xs_roles_at(c->office->roles, i); i++) {
    const xs_office_role *role = xs_roles_at(c->office->roles, i);
    if (!xs_office_role_may(role, XS_LIT("user"))) continue;
    xs_text name = xs_office_role_name(role);
    xs_diag_note(c->diags, XS_NOWHERE, _("it may be done as: %.*s"), XS_TEXT(name));
  }
  return XS_EINPUT;
}

static xs_status say_no_role(const change *c)
{
  xs_diag(c->diags, XS_D_ROLE_MISSING, XS_NOWHERE, "%s",
          is_first(c) ? _("the first user adds the others, and needs a role that may do so")
                      : _("a user needs a role at least"));
  for (size_t i = 0; xs_roles_at(c->office->roles, i); i++) {
    const xs_office_role *role = xs_roles_at(c->office->roles, i);
    if (is_first(c) && !xs_office_role_may(role, XS_LIT("user"))) continue;
    xs_diag_note(c->diags, XS_NOWHERE, "%.*s: %.*s", XS_TEXT(role->id), XS_TEXT(role->name));
  }
  return XS_EINPUT;
}

static xs_status join_roles(const change *c, const char *const *roles, size_t count, xs_text *out)
{
  *out = XS_LIT("");
  if (!count) return say_no_role(c);
  for (size_t i = 0; i < count; i++) {
    xs_text id = xs_text_of(roles[i]);
    if (!xs_roles_find(c->office->roles, id)) {
      xs_text near = xs_roles_nearest(c->office->roles, id);
      xs_diag(c->diags, XS_D_ROLE_UNKNOWN, XS_NOWHERE, _("there is no role “%.*s”"), XS_TEXT(id));
      if (near.len) xs_diag_note(c->diags, XS_NOWHERE, _("did you mean “%.*s”?"), XS_TEXT(near));
      return XS_EINPUT;
    }
    if (xs_words_have(*out, id)) continue;
    *out = xs_arena_printf(c->a, "%.*s%s%.*s", XS_TEXT(*out), out->len ? " " : "", XS_TEXT(id));
    if (!out->ptr) return XS_ENOMEM;
  }
  return XS_OK;
}

/* Of the first user nobody can be asked whether he may be added: he adds himself. */
static xs_status write_event(const change *c, const xs_store_user *user, const xs_acting *acting)
{
  xs_event event =
      acting->role
          ? xs_acting_event(acting, XS_EVENT_USER)
          : (xs_event){.kind = XS_LIT(XS_EVENT_USER), .by = user->name, .reason = acting->reason};
  if (!event.date) event.date = c->office->host->today(c->office->host->user);
  event.person = user->name;
  event.to = user->active ? user->roles : XS_LIT("");
  return xs_store_event_append(c->a, c->office->store, XS_NO_TEXT, &event, c->diags);
}

static xs_status begin(change *c, const xs_act *act, xs_acting *acting)
{
  const xs_need need = {.right = XS_LIT("user"), .what = xs_text_of(_("manage users"))};
  xs_store *store = c->office->store;
  c->a = xs_arena_new(c->office->host);
  xs_status st =
      c->a ? xs_store_user_list(c->a, store, c->diags, &c->users, &c->user_count) : XS_ENOMEM;
  if (st) return st;
  *acting = (xs_acting){.reason = xs_text_of(act->reason)};
  if (is_first(c)) return xs_store_begin(store, c->diags);
  return xs_acting_begin(c->office, act, &need, c->a, c->diags, acting);
}

static xs_status put(const change *c, const xs_store_user *user, const xs_acting *acting)
{
  xs_status st = check_manager(c, user);
  if (!st) st = xs_store_user_put(c->office->store, user, c->diags);
  return st ? st : write_event(c, user, acting);
}

static xs_status check_name(const change *c, xs_text name)
{
  xs_text trimmed = xs_text_trim(name);
  if (name.len && trimmed.len == name.len) return XS_OK;
  xs_diag(c->diags, XS_D_USER_MISSING, XS_NOWHERE, "%s", _("a user needs a name"));
  return XS_EINPUT;
}

xs_status xs_office_user_add(xs_office *office, const char *name, const char *const *roles,
                             size_t role_count, const xs_act *act, xs_diags *diags)
{
  change c = {.office = office, .diags = diags};
  xs_acting acting;
  xs_store_user user = {.name = xs_text_of(name), .active = true};
  xs_status st = begin(&c, act, &acting);
  if (!st) {
    st = check_name(&c, user.name);
    if (!st) st = join_roles(&c, roles, role_count, &user.roles);
    if (!st) st = put(&c, &user, &acting);
    st = xs_acting_end(office, st, diags);
  }
  xs_arena_free(c.a);
  return st;
}

static xs_status find_removed(const change *c, xs_text name, xs_store_user *out)
{
  for (size_t i = 0; i < c->user_count; i++) {
    if (!xs_text_equal(c->users[i].name, name) || !c->users[i].active) continue;
    *out = c->users[i];
    out->active = false;
    return XS_OK;
  }
  xs_diag(c->diags, XS_D_USER_UNKNOWN, XS_NOWHERE, _("the store knows no user “%.*s”"),
          XS_TEXT(name));
  return XS_EINPUT;
}

xs_status xs_office_user_remove(xs_office *office, const char *name, const xs_act *act,
                                xs_diags *diags)
{
  change c = {.office = office, .diags = diags};
  xs_acting acting;
  xs_store_user user;
  xs_status st = begin(&c, act, &acting);
  if (!st) {
    st = find_removed(&c, xs_text_of(name), &user);
    if (!st) st = put(&c, &user, &acting);
    st = xs_acting_end(office, st, diags);
  }
  xs_arena_free(c.a);
  return st;
}

xs_status xs_office_user_list(xs_office *office, int (*each)(void *user, const xs_user_row *row),
                              void *user, xs_diags *diags)
{
  xs_store_user *users = NULL;
  size_t count = 0;
  xs_arena *a = xs_arena_new(office->host);
  xs_status st = a ? xs_store_user_list(a, office->store, diags, &users, &count) : XS_ENOMEM;
  for (size_t i = 0; !st && i < count; i++) {
    const xs_user_row row = {
        .name = users[i].name, .roles = users[i].roles, .active = users[i].active};
    if (each(user, &row)) break;
  }
  xs_arena_free(a);
  return st;
}
