#include "workflow/sign.h"

#include "base/limits.h"
#include "base/text.h"
#include "model/dump.h"

#include <errno.h>
#include <string.h>

static xs_status append(const xs_sign_act *act, xs_event *event)
{
  return xs_store_event_append(act->a, act->office->store, act->c->row.uid, event, act->diags);
}

static xs_event event_of(const xs_sign_act *act, const char *kind, const xs_store_document *d)
{
  xs_event event = xs_acting_event(act->acting, kind);
  event.track = d->track;
  event.key = d->key;
  event.document = d->id;
  event.digest = d->digest;
  event.revision = act->revision;
  return event;
}

static xs_status load(const xs_sign_act *act, const xs_signing **list, size_t *count)
{
  return xs_signing_load(act->a, act->office->store, act->c->row.uid, act->diags, list, count);
}

/* ---- void ---- */

static xs_status void_signoff(const xs_sign_act *act, const xs_signing *s,
                              const xs_store_signoff *signoff, xs_text reason)
{
  return xs_store_signoff_void(act->office->store, act->c->row.uid, s->document.id, signoff->id,
                               act->acting->user, reason, act->diags);
}

xs_status xs_sign_void(const xs_sign_act *act, const xs_signing *s, xs_text slot, xs_text reason)
{
  xs_status st = XS_OK;
  for (size_t i = 0; i < s->signoff_count && !st; i++) {
    const xs_store_signoff *signoff = &s->signoffs[i];
    if (signoff->void_at || (slot.len && !xs_text_equal(signoff->slot, slot))) continue;
    st = void_signoff(act, s, signoff, reason);
  }
  if (!st && !slot.len)
    st = xs_store_document_void(act->office->store, act->c->row.uid, s->document.id,
                                act->acting->user, reason, act->diags);
  if (st) return st;
  xs_event event = event_of(act, XS_EVENT_VOID, &s->document);
  event.slot = slot;
  event.reason = reason;
  return append(act, &event);
}

static xs_paper_wish wish_of(const xs_store_document *d)
{
  xs_copy copy = XS_COPY_FILING;
  if (xs_text_is(d->copy, "draft")) copy = XS_COPY_DRAFT;
  if (xs_text_is(d->copy, "public")) copy = XS_COPY_PUBLIC;
  return (xs_paper_wish){
      .template_id = d->template_id, .item = d->item, .copy = copy, .date = d->date};
}

/* What the words of a document come to in a case; empty when it cannot give them any more. */
static xs_status text_in(const xs_sign_act *act, const xs_office_case *c,
                         const xs_store_document *d, char out[65])
{
  out[0] = 0;
  const xs_paper_wish wish = wish_of(d);
  xs_diag_mark mark = xs_diags_mark(act->diags);
  xs_status st =
      xs_paper_text_digest(act->a, act->office->engine, c->kase, c->rules, &wish, act->diags, out);
  xs_diags_forget(act->diags, mark);
  return st == XS_EINPUT ? XS_OK : st;
}

/* Is the template still the one that the document was made with? */
static bool has_template(const xs_sign_act *act, const xs_store_document *d)
{
  const xs_template *t = NULL;
  xs_diag_mark mark = xs_diags_mark(act->diags);
  xs_status st = xs_engine_template(act->office->engine, d->template_id, act->diags, &t);
  xs_diags_forget(act->diags, mark);
  return !st && xs_text_is(d->template_digest, xs_template_digest(t));
}

/* What the case said when the document was made, in the words that its template has today. */
static xs_status text_then(const xs_sign_act *act, const xs_store_document *d, char out[65])
{
  xs_text bytes = XS_NO_TEXT;
  xs_office_case *then = NULL;
  xs_status st = xs_store_revision_get(act->a, act->office->store, act->c->row.uid, d->revision,
                                       act->diags, &bytes);
  if (!st) st = xs_office_reload(act->c, bytes, act->diags, &then);
  if (!st) st = text_in(act, then, d, out);
  xs_office_case_free(then);
  return st;
}

/* Does the case still say what the document says? A new version of the program, with other words
 * in its templates, changes nothing of that. */
static xs_status says_the_same(const xs_sign_act *act, const xs_store_document *d, bool *same)
{
  char now[65], then[65] = "";
  xs_status st = text_in(act, act->c, d, now);
  *same = !st && xs_text_is(d->text_digest, now);
  if (st || *same || has_template(act, d)) return st;
  st = text_then(act, d, then);
  *same = !st && now[0] && strcmp(now, then) == 0;
  return st;
}

xs_status xs_sign_void_changed(const xs_sign_act *act)
{
  const xs_signing *list = NULL;
  size_t count = 0;
  xs_status st = load(act, &list, &count);
  for (size_t i = 0; i < count && !st; i++) {
    bool same = true;
    if (!xs_signing_is_valid(&list[i])) continue;
    st = says_the_same(act, &list[i].document, &same);
    if (st || same) continue;
    xs_text why = xs_arena_printf(act->a, "案卷第%lld版改变了文本", (long long)act->revision);
    st = why.ptr ? xs_sign_void(act, &list[i], XS_NO_TEXT, why) : XS_ENOMEM;
  }
  return st;
}

/* Was the document frozen by an entry of the log behind `seq`? */
static bool is_frozen_since(const xs_history *h, xs_text document, int64_t seq)
{
  for (size_t i = 0; i < h->count; i++) {
    const xs_event *e = &h->events[i];
    if (e->seq > seq && xs_text_is(e->kind, XS_EVENT_FREEZE) &&
        xs_text_equal(e->document, document))
      return true;
  }
  return false;
}

xs_status xs_sign_void_since(const xs_sign_act *act, int64_t seq)
{
  const xs_signing *list = NULL;
  size_t count = 0;
  xs_status st = load(act, &list, &count);
  for (size_t i = 0; i < count && !st; i++)
    if (xs_signing_is_valid(&list[i]) &&
        is_frozen_since(&act->c->history, list[i].document.id, seq))
      st = xs_sign_void(act, &list[i], XS_NO_TEXT, XS_LIT("所属的步骤已经撤回"));
  return st;
}

/* ---- freezing ---- */

static bool is_same_paper(const xs_store_document *d, const xs_frozen *f)
{
  return xs_text_equal(d->template_id, f->template_id) && xs_text_equal(d->item, f->item) &&
         xs_text_is(d->copy, xs_copy_name(f->copy));
}

static xs_status put_document(const xs_sign_act *act, const xs_frozen *f, xs_store_document *d)
{
  xs_store_slot *slots = XS_NEW_ARRAY(act->a, f->slot_count + 1, xs_store_slot);
  if (!slots) return XS_ENOMEM;
  for (size_t i = 0; i < f->slot_count; i++)
    slots[i] = (xs_store_slot){.id = f->slots[i].id,
                               .kind = xs_text_of(xs_slot_kind_name(f->slots[i].kind)),
                               .side = f->slots[i].side,
                               .title = f->slots[i].title,
                               .name = f->slots[i].name,
                               .person = f->slots[i].person,
                               .turn = f->slots[i].order};
  xs_status st = xs_store_document_put(act->office->store, act->c->row.uid, d, f->bytes, slots,
                                       f->slot_count, act->diags);
  if (st) return st;
  xs_event event = event_of(act, XS_EVENT_FREEZE, d);
  event.text = d->text_digest;
  return append(act, &event);
}

/* Older documents of the paper make way; *same is one of the very same bytes that still holds. */
static xs_status make_way(const xs_sign_act *act, const xs_signing *list, size_t count,
                          const xs_frozen *f, xs_text id, const xs_signing **same)
{
  xs_status st = XS_OK;
  *same = NULL;
  for (size_t i = 0; i < count && !st && !*same; i++) {
    if (!xs_signing_is_valid(&list[i]) || !is_same_paper(&list[i].document, f)) continue;
    if (xs_text_is(list[i].document.digest, f->digest)) {
      *same = &list[i];
      continue;
    }
    xs_text why = xs_arena_printf(act->a, "由%.*s代替", XS_TEXT(id));
    st = why.ptr ? xs_sign_void(act, &list[i], XS_NO_TEXT, why) : XS_ENOMEM;
  }
  return st;
}

xs_status xs_sign_freeze(const xs_sign_act *act, const xs_paper_wish *wish, xs_text track,
                         xs_text key, xs_kept_paper *out)
{
  const xs_signing *list = NULL, *same = NULL;
  size_t count = 0;
  xs_frozen f;
  xs_status st = load(act, &list, &count);
  if (!st)
    st = xs_paper_freeze(act->a, act->office->engine, act->c->kase, act->c->rules, wish, act->diags,
                         &f);
  if (st) return st;
  xs_text id = xs_arena_printf(act->a, "d%zu", count + 1);
  if (!id.ptr) return XS_ENOMEM;
  st = make_way(act, list, count, &f, id, &same);
  *out = (xs_kept_paper){.document = same ? same->document.id : id,
                         .template_id = f.template_id,
                         .bytes = f.bytes,
                         .is_new = !same};
  if (st || same) return st;
  xs_store_document d = {.id = id,
                         .template_id = f.template_id,
                         .template_version = f.template_version,
                         .template_digest = f.template_digest,
                         .title = f.title,
                         .track = track,
                         .key = key,
                         .item = f.item,
                         .copy = xs_text_of(xs_copy_name(f.copy)),
                         .revision = act->revision,
                         .date = f.date,
                         .text_digest = xs_text_of(f.text_digest),
                         .by = act->acting->user,
                         .digest = xs_text_of(f.digest)};
  return put_document(act, &f, &d);
}

/* ---- signing ---- */

static const xs_signing *find_open(const xs_signing *list, size_t count, xs_text slot,
                                   size_t *found)
{
  const xs_signing *open = NULL;
  *found = 0;
  for (size_t i = 0; i < count; i++) {
    if (!xs_signing_is_valid(&list[i])) continue;
    for (size_t k = 0; k < list[i].slot_count; k++) {
      if (!xs_text_equal(list[i].slots[k].id, slot) || xs_signing_of(&list[i], slot)) continue;
      open = &list[i];
      ++*found;
    }
  }
  return open;
}

/* The document that is meant. */
static xs_status choose(const xs_sign_act *act, const xs_sign_wish *order, const xs_signing **out)
{
  const xs_signing *list = NULL;
  size_t count = 0, found = 0;
  *out = NULL;
  xs_status st = load(act, &list, &count);
  if (st) return st;
  if (order->document.len) {
    *out = xs_signing_find(list, count, order->document, act->diags);
    return *out ? XS_OK : XS_EINPUT;
  }
  *out = find_open(list, count, order->slot, &found);
  if (found == 1) return XS_OK;
  xs_diag(act->diags, XS_D_SLOT_OPEN, XS_NOWHERE,
          found ? _("“%.*s” is open on %zu documents; say which with --document")
                : _("“%.*s” is open on no document of the case"),
          XS_TEXT(order->slot), found);
  for (size_t i = 0; i < count; i++)
    if (xs_signing_is_valid(&list[i]) && !xs_signing_is_complete(&list[i]))
      xs_diag_note(act->diags, XS_NOWHERE, "%.*s: %.*s", XS_TEXT(list[i].document.id),
                   XS_TEXT(list[i].document.title));
  return XS_EINPUT;
}

static xs_status check_text(const xs_sign_act *act, const xs_signing *s)
{
  bool same = false;
  xs_status st = says_the_same(act, &s->document, &same);
  if (st || same) return st;
  xs_diag(act->diags, XS_D_TEXT_CHANGED, XS_NOWHERE,
          _("the case no longer says what “%.*s” (%.*s) says: freeze it anew"),
          XS_TEXT(s->document.title), XS_TEXT(s->document.id));
  return XS_EINPUT;
}

static xs_text file_name(xs_text path)
{
  size_t from = path.len;
  while (from && path.ptr[from - 1] != '/') from--;
  return (xs_text){path.ptr + from, path.len - from};
}

/* Looks at the file that proves the sign-off, and keeps it. Its digest in *scan. */
static xs_status take_proof(const xs_sign_act *act, const xs_sign_wish *order, const xs_signing *s,
                            xs_text *scan)
{
  const xs_host *host = act->office->host;
  xs_means_proof proof = {.path = xs_text_of(order->file), .document_digest = s->document.digest};
  const void *ptr = NULL;
  size_t len = 0;
  char digest[65];
  *scan = XS_NO_TEXT;
  errno = 0;
  if (order->file && host->map(host->user, order->file, XS_MAX_ATTACHED_BYTES, &ptr, &len) != 0) {
    xs_diag(act->diags, XS_D_FILE_READ, XS_NOWHERE, _("%s: the file cannot be read: %s"),
            order->file, strerror(errno));
    return errno == ENOMEM ? XS_ENOMEM : XS_EIO;
  }
  proof.bytes = (xs_text){ptr, len};
  xs_status st = xs_means_check(order->means, &proof, act->diags);
  if (!st && ptr)
    st = xs_store_file_put(act->office->store, act->c->row.uid, file_name(proof.path), proof.bytes,
                           XS_LIT("scan"), act->acting->user, act->diags, digest);
  if (!st && ptr) *scan = xs_arena_text(act->a, xs_text_of(digest));
  if (!st && ptr && !scan->ptr) st = XS_ENOMEM;
  if (order->file && ptr) host->unmap(host->user, ptr, len);
  return st;
}

/* Who drafted the paper does not sign or seal it, on its own document and on its track. */
static xs_status check_duty(const xs_sign_act *act, const xs_store_document *d)
{
  const xs_history *h = &act->c->history;
  xs_status st =
      xs_acting_apart(act->office, act->acting, h, XS_NO_TEXT, XS_NO_TEXT, d->id, act->diags);
  if (st || !d->track.len) return st;
  return xs_acting_apart(act->office, act->acting, h, d->track, d->key, XS_NO_TEXT, act->diags);
}

static xs_status put_signoff(const xs_sign_act *act, const xs_signing *s, const xs_signed *signed_,
                             const xs_sign_wish *order, xs_text scan)
{
  const xs_store_signoff row = {.slot = signed_->slot->id,
                                .person = signed_->person,
                                .ground = signed_->ground,
                                .by = act->acting->user,
                                .role = act->acting->role->id,
                                .date = act->acting->date,
                                .means = order->means->id,
                                .digest = s->document.digest,
                                .scan = scan};
  xs_status st =
      xs_store_signoff_put(act->office->store, act->c->row.uid, s->document.id, &row, act->diags);
  if (st) return st;
  xs_event event = event_of(act, XS_EVENT_SIGN, &s->document);
  event.slot = row.slot;
  event.person = row.person;
  event.means = row.means;
  if (row.ground.len) event.reason = row.ground;
  if (scan.len) {
    event.files = &scan;
    event.file_count = 1;
  }
  return append(act, &event);
}

xs_status xs_sign_add(const xs_sign_act *act, const xs_sign_wish *order)
{
  const xs_signing *s = NULL;
  xs_signed done;
  xs_date today;
  xs_text scan = XS_NO_TEXT;
  xs_status st = choose(act, order, &s);
  if (st) return st;
  xs_signature signature = {.slot = order->slot, .person = order->person, .means = order->means};
  if (!xs_date_of_number(act->office->host->today(act->office->host->user), &today) ||
      !xs_date_of_number(act->acting->date, &signature.date))
    return XS_EINPUT; /* acting.c has looked at both */
  st = xs_signing_check(act->a, s, &signature, act->c->kase, today, act->diags, &done);
  xs_status text = xs_signing_is_valid(s) ? check_text(act, s) : XS_OK;
  xs_status duty = check_duty(act, &s->document);
  if (!st) st = text ? text : duty;
  if (!st) st = take_proof(act, order, s, &scan);
  return st ? st : put_signoff(act, s, &done, order, scan);
}
