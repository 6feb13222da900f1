#include "workflow/acting.h"

#include "base/date.h"
#include "base/limits.h"
#include "base/text.h"

#include <errno.h>
#include <string.h>

/* ---- the user ---- */

static xs_status say_no_user(xs_diags *diags)
{
  xs_diag(diags, XS_D_USER_MISSING, XS_NOWHERE, "%s",
          _("every act has somebody who does it: say who with --as NAME"));
  return XS_EINPUT;
}

static void note_nearest(xs_office *office, xs_text name, xs_arena *a, xs_diags *diags)
{
  xs_store_user *users = NULL;
  size_t count = 0, near = SIZE_MAX;
  unsigned best = xs_text_reach(name) + 1;
  xs_diags *unheard = xs_diags_new(office->host);
  if (unheard && xs_store_user_list(a, office->store, unheard, &users, &count) == XS_OK)
    for (size_t i = 0; i < count; i++) {
      unsigned distance = xs_text_distance(name, users[i].name, best);
      if (!users[i].active || distance >= best) continue;
      best = distance;
      near = i;
    }
  if (near != SIZE_MAX)
    xs_diag_note(diags, XS_NOWHERE, _("did you mean “%.*s”?"), XS_TEXT(users[near].name));
  if (!count)
    xs_diag_note(diags, XS_NOWHERE, "%s",
                 _("the store has no users yet: add the first one with xieshang user add"));
  xs_diags_free(unheard);
}

static xs_status find_user(xs_office *office, xs_text name, xs_arena *a, xs_diags *diags,
                           xs_store_user *out)
{
  bool found = false;
  if (!name.len) return say_no_user(diags);
  xs_status st = xs_store_user_find(a, office->store, name, diags, out, &found);
  if (st || (found && out->active)) return st;
  if (found) {
    xs_diag(diags, XS_D_USER_REMOVED, XS_NOWHERE, _("“%.*s” no longer acts in this office"),
            XS_TEXT(name));
    return XS_EINPUT;
  }
  xs_diag(diags, XS_D_USER_UNKNOWN, XS_NOWHERE, _("the store knows no user “%.*s”"), XS_TEXT(name));
  note_nearest(office, name, a, diags);
  return XS_EINPUT;
}

/* ---- the role ---- */

/* The next word of a list; empty at its end. */
static xs_text next_word(xs_text list, size_t *from)
{
  while (*from < list.len && list.ptr[*from] == ' ') ++*from;
  size_t to = *from;
  while (to < list.len && list.ptr[to] != ' ') to++;
  xs_text word = {list.ptr + *from, to - *from};
  *from = to;
  return word;
}

static bool suits(const xs_need *need, const xs_office_role *role)
{
  size_t i = 0;
  if (!xs_office_role_may(role, need->right)) return false;
  while (i < need->role_count && !xs_text_equal(need->roles[i], role->id)) i++;
  return i < need->role_count || !need->role_count;
}

static const xs_office_role *find_held(const xs_office *office, xs_text held, xs_text wanted,
                                       const xs_need *need)
{
  xs_text word;
  for (size_t from = 0; (word = next_word(held, &from)).len;) {
    const xs_office_role *role = xs_roles_find(office->roles, word);
    if (!role || (wanted.len && !xs_text_equal(word, wanted))) continue;
    if (!need || suits(need, role)) return role;
  }
  return NULL;
}

static xs_status say_unknown_role(const xs_office *office, xs_text role, xs_diags *diags)
{
  xs_text near = xs_roles_nearest(office->roles, role);
  xs_diag(diags, XS_D_ROLE_UNKNOWN, XS_NOWHERE, _("there is no role “%.*s”"), XS_TEXT(role));
  if (near.len) xs_diag_note(diags, XS_NOWHERE, _("did you mean “%.*s”?"), XS_TEXT(near));
  return XS_EINPUT;
}

/* What the user may act as, and who may do it. */
static xs_status say_no_right(const xs_office *office, const xs_store_user *user, xs_text wanted,
                              const xs_need *need, xs_diags *diags)
{
  xs_text what = need->what.len ? need->what : need->right, word;
  if (wanted.len)
    xs_diag(diags, XS_D_RIGHT_LACKING, XS_NOWHERE, _("“%.*s” may not do this as “%.*s”: %.*s"),
            XS_TEXT(user->name), XS_TEXT(wanted), XS_TEXT(what));
  else
    xs_diag(diags, XS_D_RIGHT_LACKING, XS_NOWHERE, _("“%.*s” has no role that may do this: %.*s"),
            XS_TEXT(user->name), XS_TEXT(what));
  for (size_t from = 0; (word = next_word(user->roles, &from)).len;) {
    const xs_office_role *role = xs_roles_find(office->roles, word);
    if (!role) continue;
    xs_text name = xs_office_role_name(role);
    xs_diag_note(diags, XS_NOWHERE, _("the user acts as: %.*s"), XS_TEXT(name));
  }
  for (size_t i = 0; xs_roles_at(office->roles, i); i++) {
    const xs_office_role *role = xs_roles_at(office->roles, i);
    if (!suits(need, role)) continue;
    xs_text name = xs_office_role_name(role);
    xs_diag_note(diags, XS_NOWHERE, _("it may be done as: %.*s"), XS_TEXT(name));
  }
  return XS_EINPUT;
}

static xs_status find_role(const xs_office *office, const xs_store_user *user, xs_text wanted,
                           const xs_need *need, xs_diags *diags, const xs_office_role **out)
{
  if (wanted.len && !xs_roles_find(office->roles, wanted))
    return say_unknown_role(office, wanted, diags);
  *out = find_held(office, user->roles, wanted, need);
  return *out ? XS_OK : say_no_right(office, user, wanted, need, diags);
}

/* ---- the day ---- */

static xs_status check_day(const xs_office *office, uint32_t date, xs_diags *diags)
{
  xs_date day;
  if (!date) return XS_OK;
  if (!xs_date_of_number(date, &day)) {
    xs_diag(diags, XS_D_DATE_STATED, XS_NOWHERE, _("%08u is not a day of the calendar"),
            (unsigned)date);
    return XS_EINPUT;
  }
  if (date <= office->host->today(office->host->user)) return XS_OK;
  xs_diag(diags, XS_D_DATE_FUTURE, XS_NOWHERE, _("%04d-%02d-%02d has not come yet"), day.year,
          day.month, day.day);
  return XS_EINPUT;
}

/* ---- begin and end ---- */

static xs_status find_actor(xs_office *office, const xs_act *act, const xs_need *need, xs_arena *a,
                            xs_diags *diags, xs_acting *out)
{
  xs_store_user user = {0};
  xs_status st = find_user(office, xs_text_of(act->as), a, diags, &user);
  if (!st) st = find_role(office, &user, xs_text_of(act->role), need, diags, &out->role);
  if (!st) st = check_day(office, act->date, diags);
  out->user = user.name;
  return st;
}

xs_status xs_acting_begin(xs_office *office, const xs_act *act, const xs_need *need, xs_arena *a,
                          xs_diags *diags, xs_acting *out)
{
  *out = (xs_acting){.date = act->date, .reason = xs_text_trim(xs_text_of(act->reason))};
  xs_status st = xs_store_begin(office->store, diags);
  if (st) return st;
  st = find_actor(office, act, need, a, diags, out);
  if (st) xs_store_rollback(office->store);
  return st;
}

xs_status xs_acting_end(xs_office *office, xs_status st, xs_diags *diags)
{
  if (!st) return xs_store_commit(office->store, diags);
  xs_store_rollback(office->store);
  return st;
}

/* ---- evidence ---- */

static xs_text file_name(xs_text path)
{
  size_t from = path.len;
  while (from && path.ptr[from - 1] != '/') from--;
  return (xs_text){path.ptr + from, path.len - from};
}

static xs_status take_file(xs_office *office, xs_text uid, const char *path, const char *what,
                           xs_text by, xs_diags *diags, char digest[65])
{
  const void *ptr = NULL;
  size_t len = 0;
  const xs_host *host = office->host;
  errno = 0;
  if (host->map(host->user, path, XS_MAX_ATTACHED_BYTES, &ptr, &len) != 0) {
    xs_diag(diags, XS_D_FILE_READ, XS_NOWHERE, _("%s: the file cannot be read: %s"), path,
            strerror(errno));
    return errno == ENOMEM ? XS_ENOMEM : XS_EIO;
  }
  xs_status st = xs_store_file_put(office->store, uid, file_name(xs_text_of(path)),
                                   (xs_text){ptr, len}, xs_text_of(what), by, diags, digest);
  host->unmap(host->user, ptr, len);
  return st;
}

xs_status xs_acting_evidence(xs_office *office, xs_text uid, const xs_act *act, xs_arena *a,
                             xs_diags *diags, xs_acting *acting)
{
  xs_text *files = XS_NEW_ARRAY(a, act->evidence_count + 1, xs_text);
  if (!files) return XS_ENOMEM;
  for (size_t i = 0; i < act->evidence_count; i++) {
    char digest[65];
    xs_status st =
        take_file(office, uid, act->evidence[i], "evidence", acting->user, diags, digest);
    if (st) return st;
    files[i] = xs_arena_text(a, xs_text_of(digest));
    if (!files[i].ptr) return XS_ENOMEM;
  }
  acting->files = files;
  acting->file_count = act->evidence_count;
  return XS_OK;
}

/* ---- separation of duty ---- */

static bool is_about(const xs_event *e, xs_text track, xs_text key, xs_text document)
{
  if (document.len) return xs_text_equal(e->document, document);
  return xs_text_equal(e->track, track) && xs_text_equal(e->key, key);
}

static xs_status say_not_apart(const xs_office *office, const xs_acting *acting, const xs_event *e,
                               xs_diags *diags)
{
  const xs_office_role *before = xs_roles_find(office->roles, e->role);
  xs_text own = xs_office_role_name(acting->role), other = xs_office_role_name(before);
  xs_diag(diags, XS_D_DUTY_SEPARATE, XS_NOWHERE,
          _("“%.*s” may not act as “%.*s” here, having acted as “%.*s”: these duties are of "
            "different persons"),
          XS_TEXT(acting->user), XS_TEXT(own), XS_TEXT(other));
  xs_diag_note(diags, XS_NOWHERE, _("entry %lld of the log: %04u-%02u-%02u, %.*s, “%.*s”"),
               (long long)e->seq, (unsigned)e->date / 10000, (unsigned)e->date / 100 % 100,
               (unsigned)e->date % 100, XS_TEXT(other), XS_TEXT(e->step.len ? e->step : e->kind));
  return XS_EINPUT;
}

xs_status xs_acting_apart(const xs_office *office, const xs_acting *acting, const xs_history *h,
                          xs_text track, xs_text key, xs_text document, xs_diags *diags)
{
  for (size_t i = 0; i < h->count; i++) {
    const xs_event *e = &h->events[i];
    if (h->undone[i] || !xs_text_equal(e->by, acting->user)) continue;
    if (!is_about(e, track, key, document)) continue;
    if (!xs_roles_find(office->roles, e->role)) continue;
    if (xs_roles_apart(office->roles, acting->role->id, e->role))
      return say_not_apart(office, acting, e, diags);
  }
  return XS_OK;
}

xs_event xs_acting_event(const xs_acting *acting, const char *kind)
{
  return (xs_event){
      .kind = xs_text_of(kind),
      .date = acting->date,
      .by = acting->user,
      .role = acting->role->id,
      .reason = acting->reason,
      .files = acting->files,
      .file_count = acting->file_count,
  };
}
