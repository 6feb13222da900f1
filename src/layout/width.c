#include "layout/unit.h"

/*
 * Adjusting widths, before any line is broken.
 *
 * PW-01  Two marks side by side share one em and a half: the empty half that lies between them
 *        goes. Which half is empty is read from the ink of the glyph, never from the code, so a
 *        face that sets 、 in the middle of its em is squeezed no further than its ink.
 * PW-02  A mark at a line end, PW-03 an opening mark at a line start, gives up its empty half:
 *        here only the room is found (trim_left, trim_right); linebreak.c and place.c take it.
 * PW-04  Between an ideograph and a Western letter or digit stands a gap of a quarter em; none
 *        beside Chinese marks, spaces, boxes and at line edges.
 * PW-05  An opening mark at the indent of a first line keeps its room even when the line is shrunk,
 *        so that （一） （二） （三） one below the other begin at one place (linebreak.c).
 */

static bool opens(const xs_unit *u)
{
  return u->class == XS_CHAR_OPEN;
}

static bool closes(const xs_unit *u)
{
  return u->class == XS_CHAR_CLOSE || u->class == XS_CHAR_PAUSE || u->class == XS_CHAR_STOP;
}

/* At most half an em, and never up to the very ink. */
static xs_len spare(xs_len blank, xs_len size)
{
  xs_len margin = size / 64;
  xs_len room = blank > margin ? blank - margin : 0;
  return room < size / 2 ? room : size / 2;
}

static void find_spare(xs_unit *u)
{
  bool full = u->width - u->inl->style.tracking >= xs_len_milli(u->size, 900);
  xs_len left = u->trim_left, right = u->trim_right;
  u->trim_left = u->trim_right = 0;
  if (!full || u->western) return;
  if (opens(u)) u->trim_left = spare(left, u->size);
  if (closes(u)) u->trim_right = spare(right, u->size);
  if (u->class == XS_CHAR_MIDDLE) {
    u->trim_left = spare(left, u->size / 2);
    u->trim_right = spare(right, u->size / 2);
  }
}

static void squeeze_pair(xs_unit *left, xs_unit *right)
{
  if (closes(left) && (opens(right) || closes(right))) {
    left->width -= left->trim_right;
    left->trim_right = 0;
  } else if (opens(left) && opens(right)) {
    right->width -= right->trim_left;
    right->shift -= right->trim_left;
    right->trim_left = 0;
  }
}

static bool is_western_letter(const xs_unit *u)
{
  return u->western && (u->class == XS_CHAR_LETTER || u->class == XS_CHAR_DIGIT ||
                        u->class == XS_CHAR_COMBINING || u->class == XS_CHAR_PREFIX ||
                        u->class == XS_CHAR_SUFFIX);
}

static bool is_ideograph(const xs_unit *u)
{
  return u->kind == XS_UNIT_GLYPH && !u->western &&
         (u->class == XS_CHAR_HAN || u->class == XS_CHAR_REPEAT);
}

void xs_units_adjust(xs_composer *c, size_t first, size_t end)
{
  for (size_t i = first; i < end; i++) find_spare(&c->units[i]);
  for (size_t i = first + 1; i < end; i++) {
    xs_unit *left = &c->units[i - 1], *right = &c->units[i];
    squeeze_pair(left, right);
    if ((is_ideograph(left) && is_western_letter(right)) ||
        (is_western_letter(left) && is_ideograph(right)))
      right->gap =
          (left->inl->style.size < right->inl->style.size ? left : right)->inl->style.size / 4;
  }
}
