/* Persons: their names, and numbers that the public copy must not show. */
#include "base/buf.h"
#include "base/text.h"
#include "template/function.h"

/* Practice, not law: the first and the last digit of an ID number stay, three and four digits of
 * a telephone number. A template may ask for other parts. */
enum { ID_HEAD = 1, ID_TAIL = 1, PHONE_HEAD = 3, PHONE_TAIL = 4, MAX_MASKED = 64 };

static xs_text masked(xs_call *call, xs_text t, size_t head, size_t tail)
{
  size_t count = xs_text_char_count(t);
  if (head + tail >= count) head = tail = 0; /* too short to show any of it */
  xs_buf b;
  xs_buf_init(&b, xs_arena_host(call->ev->a), t.len + count + 1);
  size_t off = 0;
  for (size_t i = 0; i < count; i++) {
    size_t from = off;
    xs_text_next(t, &off);
    if (i < head || i >= count - tail)
      xs_buf_add(&b, t.ptr + from, off - from);
    else
      xs_buf_str(&b, "*");
  }
  xs_text out = b.status ? XS_NO_TEXT : xs_arena_text(call->ev->a, xs_buf_view(&b));
  xs_buf_free(&b);
  return out;
}

static void mask(xs_call *call, size_t head, size_t tail)
{
  xs_text t;
  if (!xs_call_text(call, 0, &t)) return;
  if (call->count > 1 && !xs_call_count(call, 1, 0, MAX_MASKED, &head)) return;
  if (call->count > 2 && !xs_call_count(call, 2, 0, MAX_MASKED, &tail)) return;
  xs_call_return(call, masked(call, t, head, tail));
}

/* Masked in the public copy alone. */
static void mask_in_public(xs_call *call, size_t head, size_t tail)
{
  xs_text t;
  if (call->ev->options->copy == XS_COPY_PUBLIC)
    mask(call, head, tail);
  else if (xs_call_text(call, 0, &t))
    xs_call_return(call, t);
}

void xs_function_id_number(xs_call *call)
{
  mask_in_public(call, ID_HEAD, ID_TAIL);
}

void xs_function_mask_id(xs_call *call)
{
  mask(call, ID_HEAD, ID_TAIL);
}

void xs_function_phone(xs_call *call)
{
  mask_in_public(call, PHONE_HEAD, PHONE_TAIL);
}

void xs_function_mask_phone(xs_call *call)
{
  mask(call, PHONE_HEAD, PHONE_TAIL);
}

static bool is_han(uint32_t c)
{
  return (c >= 0x3400 && c <= 0x9fff) || (c >= 0x20000 && c <= 0x3ffff) ||
         (c >= 0xf900 && c <= 0xfaff) || c == 0x3007;
}

void xs_function_name3(xs_call *call)
{
  xs_text t;
  if (!xs_call_text(call, 0, &t)) return;
  size_t off = 0;
  uint32_t first = xs_text_next(t, &off);
  size_t split = off;
  uint32_t second = xs_text_next(t, &off);
  if (off != t.len || !is_han(first) || !is_han(second)) {
    xs_call_return(call, t);
    return;
  }
  xs_call_return(call, xs_arena_printf(call->ev->a, "%.*s　%.*s", (int)split, t.ptr,
                                       (int)(t.len - split), t.ptr + split));
}
