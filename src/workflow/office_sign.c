/* Acts of signing: each one transaction, as those of office_act.c. */
#include "base/text.h"
#include "workflow/index.h"
#include "workflow/sign.h"
#include "xieshang/sign.h"

#include <string.h>

/* One act of signing on one case. */
typedef struct session {
  xs_office *office;
  xs_arena *a;
  xs_diags *diags;
  xs_acting acting;
  xs_office_case *c;
  xs_done *out;
} session;

static xs_status begin(session *s, const char *uid, const xs_act *act, const xs_need *need)
{
  *s->out = (xs_done){0};
  s->a = xs_office_answer(s->office);
  if (!s->a) return XS_ENOMEM;
  xs_status st = xs_acting_begin(s->office, act, need, s->a, s->diags, &s->acting);
  if (st) return st;
  if (!s->acting.date) s->acting.date = s->office->host->today(s->office->host->user);
  st = xs_office_load(s->office, xs_text_of(uid), 0, s->diags, &s->c);
  if (!st) st = xs_acting_evidence(s->office, s->c->row.uid, act, s->a, s->diags, &s->acting);
  if (!st) return XS_OK;
  xs_office_case_free(s->c);
  return xs_acting_end(s->office, st, s->diags);
}

static xs_sign_act act_of(const session *s)
{
  return (xs_sign_act){.office = s->office,
                       .c = s->c,
                       .revision = s->c->row.revision,
                       .acting = &s->acting,
                       .a = s->a,
                       .diags = s->diags};
}

/* What the caller is told; the head of the log is that of the case after the act. */
static xs_status end(session *s, xs_status st)
{
  xs_store_case row = {0};
  xs_text uid = xs_arena_text(s->a, s->c->row.uid);
  if (!st && !uid.ptr) st = XS_ENOMEM;
  if (!st) st = xs_store_case_find(s->a, s->office->store, uid, s->diags, &row);
  if (!st) {
    s->out->uid = uid;
    s->out->revision = row.revision;
    s->out->event = row.events;
    s->out->hash = row.head;
    s->out->date = s->acting.date;
    s->out->role = s->acting.role->id;
  }
  xs_office_case_free(s->c);
  return xs_acting_end(s->office, st, s->diags);
}

/* ---- freezing ---- */

static bool makes_paper(const xs_track_rule *track, xs_text template_id)
{
  for (size_t i = 0; i < track->step_count; i++)
    for (size_t k = 0; k < track->steps[i].paper_count; k++)
      if (xs_text_equal(track->steps[i].papers[k].template_id, template_id)) return true;
  return false;
}

/* The track of the case whose steps make such a paper: the one that is called as the item is, else
 * the only one of its kind. Without any the document belongs to none. */
static void find_track(const session *s, const xs_freeze_order *order, xs_track *out)
{
  const xs_workflow *w = s->office->workflow;
  const xs_position *p = &s->c->history.position;
  size_t found = 0;
  *out = (xs_track){XS_LIT(""), XS_LIT(""), XS_LIT("")};
  for (size_t i = 0; i < p->count; i++) {
    const xs_track_rule *rule = xs_workflow_track(w, p->tracks[i].kind);
    if (!rule || !makes_paper(rule, xs_text_of(order->template_id))) continue;
    bool is_it = xs_text_equal(p->tracks[i].key, xs_text_of(order->item));
    if (is_it || ++found == 1) *out = p->tracks[i];
    if (is_it) return;
  }
  if (found > 1) *out = (xs_track){XS_LIT(""), XS_LIT(""), XS_LIT("")};
}

/* What is kept must be able to be made again, wherever the store is. */
static xs_status check_template(const session *s, const char *which)
{
  if (!xs_text_ends(xs_text_of(which), ".xml")) return XS_OK;
  xs_diag(s->diags, XS_D_TEMPLATE_UNKNOWN, XS_NOWHERE,
          _("“%s” is a file: what is frozen is made of a template of the engine, by its id"),
          which);
  return XS_EINPUT;
}

static xs_status freeze(session *s, const xs_freeze_order *order)
{
  const xs_sign_act act = act_of(s);
  const xs_paper_wish wish = {.template_id = xs_text_of(order->template_id),
                              .item = xs_text_of(order->item),
                              .copy = order->copy,
                              .date = order->date};
  xs_track track;
  xs_kept_paper kept;
  find_track(s, order, &track);
  xs_status st = check_template(s, order->template_id);
  if (!st) st = xs_sign_freeze(&act, &wish, track.kind, track.key, &kept);
  if (st) return st;
  s->out->document = kept.document;
  s->out->template_id = kept.template_id;
  s->out->paper = kept.bytes;
  s->out->track = xs_arena_text(s->a, track.kind);
  s->out->key = xs_arena_text(s->a, track.key);
  return s->out->track.ptr && s->out->key.ptr ? XS_OK : XS_ENOMEM;
}

xs_status xs_office_freeze(xs_office *office, const char *uid, const xs_freeze_order *order,
                           const xs_act *act, xs_diags *diags, xs_done *done)
{
  session s = {.office = office, .diags = diags, .out = done};
  const xs_need need = {.right = XS_LIT("freeze"), .what = xs_text_of(_("freeze a paper"))};
  xs_status st = begin(&s, uid, act, &need);
  return st ? st : end(&s, freeze(&s, order));
}

/* ---- signing ---- */

/* Is the slot one for a seal? Looked up before the act begins, since it decides who may do it. */
static xs_status is_for_seal(session *s, const char *uid, const xs_sign_order *order, bool *out)
{
  const xs_signing *list = NULL;
  size_t count = 0;
  xs_arena *a = xs_arena_new(s->office->host);
  if (!a) return XS_ENOMEM;
  *out = false;
  xs_status st = xs_signing_load(a, s->office->store, xs_text_of(uid), s->diags, &list, &count);
  for (size_t i = 0; i < count && !st; i++) {
    const xs_signing *d = &list[i];
    if (order->document && !xs_text_is(d->document.id, order->document)) continue;
    for (size_t k = 0; k < d->slot_count && order->slot; k++)
      if (xs_text_is(d->slots[k].id, order->slot)) *out = xs_text_is(d->slots[k].kind, "seal");
  }
  xs_arena_free(a);
  return st;
}

static xs_status sign(session *s, const xs_sign_order *order, bool is_seal)
{
  const xs_sign_act act = act_of(s);
  xs_sign_wish wish = {.document = xs_text_of(order->document),
                       .slot = xs_text_of(order->slot),
                       .person = xs_text_of(order->person),
                       .file = order->file,
                       .means = xs_means_find(xs_text_of(order->means), s->diags)};
  if (!wish.means) return XS_EINPUT;
  if (is_seal && !wish.person.len) wish.person = s->acting.user;
  return xs_sign_add(&act, &wish);
}

xs_status xs_office_sign(xs_office *office, const char *uid, const xs_sign_order *order,
                         const xs_act *act, xs_diags *diags, xs_done *done)
{
  session s = {.office = office, .diags = diags, .out = done};
  bool is_seal = false;
  xs_status st = is_for_seal(&s, uid, order, &is_seal);
  if (st) return st;
  const xs_need need = {.right = is_seal ? XS_LIT("seal") : XS_LIT("sign"),
                        .what =
                            xs_text_of(is_seal ? _("press a seal") : _("register a signature"))};
  st = begin(&s, uid, act, &need);
  return st ? st : end(&s, sign(&s, order, is_seal));
}

/* ---- void ---- */

/* The sign-off that is to be void must be there. */
static xs_status check_void(const session *s, const xs_signing *d, xs_text slot)
{
  if (!s->acting.reason.len) {
    xs_diag(s->diags, XS_D_REASON_MISSING, XS_NOWHERE, "%s",
            _("what was signed is not made void without a reason: say it with --reason TEXT"));
    return XS_EINPUT;
  }
  if (xs_signing_is_valid(d) && (!slot.len || xs_signing_of(d, slot))) return XS_OK;
  xs_diag(s->diags, XS_D_DOCUMENT_VOID, XS_NOWHERE,
          slot.len ? _("“%.*s” is not signed on “%.*s”") : _("“%.*s” (%.*s) is void already"),
          XS_TEXT(slot.len ? slot : d->document.id), XS_TEXT(d->document.title));
  return XS_EINPUT;
}

static xs_status make_void(session *s, xs_text document, xs_text slot)
{
  const xs_sign_act act = act_of(s);
  const xs_signing *list = NULL;
  size_t count = 0;
  xs_status st = xs_signing_load(s->a, s->office->store, s->c->row.uid, s->diags, &list, &count);
  if (st) return st;
  const xs_signing *d = xs_signing_find(list, count, document, s->diags);
  st = d ? check_void(s, d, slot) : XS_EINPUT;
  if (!st) st = xs_sign_void(&act, d, slot, s->acting.reason);
  if (!st) s->out->document = d->document.id;
  return st;
}

xs_status xs_office_sign_void(xs_office *office, const char *uid, const char *document,
                              const char *slot, const xs_act *act, xs_diags *diags, xs_done *done)
{
  session s = {.office = office, .diags = diags, .out = done};
  const xs_need need = {.right = XS_LIT("void"), .what = xs_text_of(_("make a signature void"))};
  xs_status st = begin(&s, uid, act, &need);
  return st ? st : end(&s, make_void(&s, xs_text_of(document), xs_text_of(slot)));
}

/* ---- queries ---- */

xs_status xs_office_document(xs_office *office, const char *uid, const char *document,
                             xs_diags *diags, xs_bytes *out)
{
  xs_text bytes = XS_NO_TEXT;
  *out = (xs_bytes){.host = office->host};
  xs_arena *a = xs_arena_new(office->host);
  if (!a) return XS_ENOMEM;
  xs_status st = xs_store_document_bytes(a, office->store, xs_text_of(uid), xs_text_of(document),
                                         diags, &bytes);
  void *copy =
      st ? NULL : office->host->resize(office->host->user, NULL, bytes.len ? bytes.len : 1);
  if (!st && !copy) st = XS_ENOMEM;
  if (!st) {
    memcpy(copy, bytes.ptr, bytes.len);
    *out = (xs_bytes){office->host, copy, bytes.len};
  }
  xs_arena_free(a);
  return st;
}

int xs_office_means_at(size_t i, xs_means_info *out)
{
  const xs_means *means = xs_means_at(i);
  if (!means) return 0;
  *out = (xs_means_info){means->id.ptr, _(means->what), means->signs, means->seals};
  return 1;
}
