/* Logs as lines of JSON: written from a store, and checked without one. */
#include "base/diag.h"
#include "base/limits.h"
#include "base/text.h"
#include "store/audit.h"
#include "store/chain.h"
#include "store/query.h"

#include <string.h>

static const char opening[] = "{\"event\":", middle[] = ",\"hash\":\"", closing[] = "\"}";

/* ---- writing ---- */

xs_status xs_store_log_export(xs_store *store, xs_text uid, xs_diags *diags, xs_buf *out)
{
  xs_query q;
  int64_t id;
  xs_status st = xs_store_case_id(store, uid, diags, &id);
  if (st) return st;
  xs_query_begin(&q, store, diags, XS_SQL_EVENT_LIST, "i", id);
  while (!out->status && xs_query_row(&q)) {
    xs_buf_str(out, opening);
    xs_buf_text(out, xs_query_view(&q, 2));
    xs_buf_str(out, middle);
    xs_buf_text(out, xs_query_view(&q, 1));
    xs_buf_str(out, closing);
    xs_buf_str(out, "\n");
  }
  st = xs_query_end(&q);
  return st ? st : out->status;
}

/* ---- reading ---- */

static xs_text next_line(xs_text lines, size_t *off)
{
  xs_text rest = {lines.ptr + *off, lines.len - *off};
  const char *end = memchr(rest.ptr, '\n', rest.len);
  size_t len = end ? (size_t)(end - rest.ptr) : rest.len;
  *off += len + (end != NULL);
  if (len && rest.ptr[len - 1] == '\r') len--;
  return (xs_text){rest.ptr, len};
}

/* The event of a line and the hash beside it. */
static bool split_line(xs_text line, xs_found *out)
{
  enum { OPENING = sizeof opening - 1, MIDDLE = sizeof middle - 1, CLOSING = sizeof closing - 1 };
  const size_t around = OPENING + MIDDLE + 64 + CLOSING;
  if (line.len < around || !xs_text_starts(line, opening) || !xs_text_ends(line, closing))
    return false;
  out->body = (xs_text){line.ptr + OPENING, line.len - around};
  const char *behind = out->body.ptr + out->body.len;
  out->hash = (xs_text){behind + MIDDLE, 64};
  return memcmp(behind, middle, MIDDLE) == 0;
}

/* Does the event that is missing here stand in a line further down? */
static bool stands_below(xs_arena *a, xs_text lines, size_t off, int64_t seq)
{
  while (off < lines.len) {
    xs_found found = {.seq = 0};
    xs_event e;
    if (split_line(next_line(lines, &off), &found) && !xs_event_read(a, found.body, &e) &&
        e.seq == seq)
      return true;
  }
  return false;
}

static void add_line(xs_arena *a, xs_chain *chain, xs_text line)
{
  xs_found found = {.seq = 0};
  xs_event e;
  if (!split_line(line, &found)) found.body = XS_NO_TEXT;
  bool readable = !xs_event_read(a, found.body, &e);
  found.seq = readable ? e.seq : chain->seq + 1;
  if (!chain->uid.ptr && readable) chain->uid = e.uid;
  xs_chain_add(a, chain, &found, &e);
}

static xs_status walk(xs_arena *a, xs_text lines, xs_chain *chain, xs_audit *out)
{
  size_t off = 0;
  while (!chain->fault && off < lines.len) {
    xs_text line = next_line(lines, &off);
    if (!line.len) continue;
    add_line(a, chain, line);
    out->events++;
    if (chain->fault == XS_FAULT_REMOVED && stands_below(a, lines, off, chain->fault_at))
      chain->fault = XS_FAULT_MOVED;
    if (chain->status) return xs_arena_is_full(a) ? XS_ELIMIT : chain->status;
  }
  return XS_OK;
}

xs_status xs_log_check(const xs_host *host, xs_text name, xs_text lines, xs_text head,
                       xs_diags *diags, xs_audit *out)
{
  *out = (xs_audit){.cases = 1};
  xs_arena *a = xs_arena_new(host);
  if (!a) return XS_ENOMEM;
  xs_chain chain = {.sought = head};
  xs_status st = walk(a, lines, &chain, out);
  if (!chain.uid.ptr) chain.uid = name;
  if (!st) st = xs_chain_report(&chain, diags);
  if (!st && !out->events) {
    xs_diag(diags, XS_D_LOG_EMPTY, XS_NOWHERE, _("%.*s: no events; this is no log"), XS_TEXT(name));
    st = XS_EINPUT;
  }
  out->sought_at = chain.sought_at;
  memcpy(out->head, chain.hash, sizeof out->head);
  xs_arena_free(a);
  return st;
}
