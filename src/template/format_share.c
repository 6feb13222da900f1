/*
 * Parts of a whole held against a share as rule packs state it: `2/3`, `at-least-half` (半数以上)
 * or `more-than-half` (过半数). The last two differ at exactly half. All in whole numbers.
 */
#include "base/text.h"
#include "template/function.h"
#include "template/numeral.h"

#include <string.h>

enum { MAX_COUNT = 1000000000 };

typedef struct share {
  uint64_t over, under;
  bool is_exclusive; /* more than the share, not at least */
} share;

static bool read_fraction(xs_text t, share *out)
{
  const char *slash = t.len ? (const char *)memchr(t.ptr, '/', t.len) : NULL;
  size_t at = slash ? (size_t)(slash - t.ptr) : t.len;
  if (!slash) return false;
  return xs_text_uint((xs_text){t.ptr, at}, &out->over) &&
         xs_text_uint((xs_text){slash + 1, t.len - at - 1}, &out->under) && out->under > 0 &&
         out->under <= MAX_COUNT && out->over <= out->under;
}

static bool read_share(xs_call *call, size_t i, share *out)
{
  xs_text t;
  *out = (share){.over = 1, .under = 2};
  if (!xs_call_text(call, i, &t)) return false;
  out->is_exclusive = xs_text_is(t, "more-than-half");
  if (out->is_exclusive || xs_text_is(t, "at-least-half") || read_fraction(t, out)) return true;
  xs_call_fail(call, _("“%.*s” is no share such as 2/3, at-least-half or more-than-half"),
               XS_TEXT(t));
  return false;
}

static bool read_parts(xs_call *call, uint64_t *part, uint64_t *whole, share *out)
{
  uint64_t *const counts[] = {part, whole};
  for (size_t i = 0; i < XS_COUNT(counts); i++) {
    xs_text t;
    if (!xs_call_text(call, i, &t)) return false;
    if (xs_text_uint(t, counts[i]) && *counts[i] <= MAX_COUNT) continue;
    xs_call_fail(call, _("“%.*s” is no count"), XS_TEXT(t));
    return false;
  }
  return read_share(call, 2, out);
}

static void answer(xs_call *call, bool is_so)
{
  xs_call_return(call, is_so ? XS_LIT("yes") : XS_LIT(""));
}

void xs_function_reaches(xs_call *call)
{
  uint64_t part, whole;
  share s;
  if (!read_parts(call, &part, &whole, &s)) return;
  answer(call, s.is_exclusive ? part * s.under > whole * s.over : part * s.under >= whole * s.over);
}

void xs_function_exceeds(xs_call *call)
{
  uint64_t part, whole;
  share s;
  if (read_parts(call, &part, &whole, &s)) answer(call, part * s.under > whole * s.over);
}

void xs_function_share_text(xs_call *call)
{
  xs_text t;
  share s;
  if (!read_share(call, 0, &s) || !xs_call_text(call, 0, &t)) return;
  if (s.is_exclusive || xs_text_is(t, "at-least-half")) {
    xs_call_return(call, s.is_exclusive ? XS_LIT("过半数") : XS_LIT("半数以上"));
    return;
  }
  xs_arena *a = call->ev->a;
  xs_text over = xs_arena_printf(a, "%llu", (unsigned long long)s.over);
  xs_text under = xs_arena_printf(a, "%llu", (unsigned long long)s.under);
  xs_text above = xs_numeral(a, over, XS_NUMERAL_HAN), below = xs_numeral(a, under, XS_NUMERAL_HAN);
  xs_call_return(call, xs_arena_printf(a, "%.*s分之%.*s", XS_TEXT(below), XS_TEXT(above)));
}
