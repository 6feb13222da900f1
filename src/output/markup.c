#include "output/markup.h"

void xs_markup_put(xs_buf *out, xs_text text)
{
  for (size_t i = 0; i < text.len; i++) {
    switch (text.ptr[i]) {
    case '&':
      xs_buf_str(out, "&amp;");
      break;
    case '<':
      xs_buf_str(out, "&lt;");
      break;
    case '>':
      xs_buf_str(out, "&gt;");
      break;
    default:
      xs_buf_add(out, text.ptr + i, 1);
    }
  }
}
