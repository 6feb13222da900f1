#include "store/chain.h"

#include "base/diag.h"
#include "base/text.h"

#include <string.h>

static bool blame(xs_chain *c, xs_fault fault, int64_t at)
{
  c->fault = fault;
  c->fault_at = at;
  return false;
}

/*
 * An event is as it was when its line gives the hash that is kept beside it, and the journal says
 * the same. A line that is whole but says another place than it is found in was moved.
 */
static bool check_event(xs_chain *c, const xs_found *f, const xs_event *e, bool readable)
{
  bool whole = readable && xs_text_equal(e->hash, f->hash);
  if (whole && (e->seq != f->seq || !xs_text_equal(e->uid, c->uid)))
    return blame(c, XS_FAULT_MOVED, f->seq);
  if (!whole) return blame(c, XS_FAULT_CHANGED, f->seq);
  if (f->journal.len && !xs_text_equal(f->journal, f->hash))
    return blame(c, XS_FAULT_CHANGED, f->seq);
  return true;
}

bool xs_chain_add(xs_arena *a, xs_chain *c, const xs_found *f, xs_event *event)
{
  if (c->fault || c->status) return false;
  xs_status read = xs_event_read(a, f->body, event);
  if (read == XS_ENOMEM) c->status = read;
  if (c->status) return false;
  if (f->seq > c->seq + 1) return blame(c, XS_FAULT_REMOVED, c->seq + 1);
  if (f->seq <= c->seq) return blame(c, XS_FAULT_INSERTED, f->seq);
  if (!check_event(c, f, event, !read)) return false;
  /* It is sound, so what it says of the one before holds against that one. */
  if (!xs_text_is(event->prev, c->hash))
    return blame(c, XS_FAULT_CHANGED, c->seq ? c->seq : f->seq);
  c->seq = f->seq;
  memcpy(c->hash, event->hash.ptr, sizeof c->hash);
  if (c->sought.len && xs_text_equal(c->sought, event->hash)) c->sought_at = f->seq;
  return true;
}

void xs_chain_end(xs_chain *c, int64_t count, xs_text head)
{
  if (c->fault) return;
  if (c->seq < count)
    blame(c, XS_FAULT_REMOVED, c->seq + 1);
  else if (c->seq > count)
    blame(c, XS_FAULT_INSERTED, count + 1);
  else if (!xs_text_is(head, c->hash))
    blame(c, XS_FAULT_CHANGED, c->seq);
}

static xs_status report(const xs_chain *c, xs_diags *diags)
{
  long long at = c->fault_at;
  xs_text name = c->uid.len ? c->uid : xs_text_of(_("the store itself"));
  switch (c->fault) {
  case XS_FAULT_NONE:
    return XS_OK;
  case XS_FAULT_CHANGED:
    xs_diag(diags, XS_D_EVENT_CHANGED, XS_NOWHERE,
            _("the log of %.*s: event %lld was changed after it was written"), XS_TEXT(name), at);
    break;
  case XS_FAULT_REMOVED:
    xs_diag(diags, XS_D_EVENT_REMOVED, XS_NOWHERE, _("the log of %.*s: event %lld was removed"),
            XS_TEXT(name), at);
    break;
  case XS_FAULT_MOVED:
    xs_diag(diags, XS_D_EVENT_MOVED, XS_NOWHERE,
            _("the log of %.*s: event %lld is not the one that stood there; events were put in "
              "another order"),
            XS_TEXT(name), at);
    break;
  case XS_FAULT_INSERTED:
    xs_diag(diags, XS_D_EVENT_INSERTED, XS_NOWHERE,
            _("the log of %.*s: event %lld was put in; the program did not write it"),
            XS_TEXT(name), at);
    break;
  }
  return XS_EINPUT;
}

xs_status xs_chain_report(const xs_chain *c, xs_diags *diags)
{
  xs_status st = report(c, diags);
  if (st || !c->sought.len || c->sought_at) return st;
  xs_diag(diags, XS_D_LOG_HEAD, XS_NOWHERE,
          _("the log of %.*s: none of its %lld events has the hash %.*s; it is not the log that "
            "this hash was taken from"),
          XS_TEXT(c->uid), (long long)c->seq, XS_TEXT(c->sought));
  return XS_EINPUT;
}
