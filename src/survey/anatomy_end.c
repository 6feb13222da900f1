/* The end of a paper: from 附件说明 to 附注. */
#include "survey/anatomy.h"

#include "base/text.h"

/* Shares of what a format states, in 1/1000. */
enum {
  NEXT_ROW = 1550,   /* of a line: no blank line between */
  ROOM_ROW = 6000,   /* of a line: the room of a seal that is pressed by hand between */
  SEAL_LEAST = 1500, /* of the em: a smaller picture is no seal */
};

static bool is_open(const xs_seen_line *line)
{
  return line->part == XS_PART_UNKNOWN;
}

static bool is_before_annexes(const xs_anatomy *an, const xs_seen_line *line)
{
  return line->page < an->first_annex_page;
}

/* ---- 成文日期 -------------------------------------------------------------------------------- */

/* The last day that stands alone before the annexes. */
static void find_date(xs_anatomy *an, size_t body)
{
  for (size_t i = body; i < an->lines.count; i++) {
    const xs_seen_line *line = &an->lines.items[i];
    if (is_open(line) && is_before_annexes(an, line) && xs_text_is_day(line->text))
      an->date_line = i;
  }
  if (an->date_line < an->lines.count) an->lines.items[an->date_line].part = XS_PART_DATE;
}

/* Pictures as large as seals on the page of the date. */
static xs_status find_seals(xs_arena *a, xs_anatomy *an)
{
  const xs_seen_page *page = &an->survey->pages[an->lines.items[an->date_line].page];
  const xs_len least = (xs_len)((int64_t)an->sheet->em * SEAL_LEAST / 1000);
  an->seals = XS_NEW_ARRAY(a, page->picture_count + 1, const xs_seen_picture *);
  if (!an->seals) return XS_ENOMEM;
  for (size_t i = 0; i < page->picture_count && an->seal_count < XS_MAX_SEALS; i++) {
    const xs_box *box = &page->pictures[i].box;
    if ((int64_t)box->right - box->left >= least && (int64_t)box->bottom - box->top >= least)
      an->seals[an->seal_count++] = &page->pictures[i];
  }
  return XS_OK;
}

/* ---- 附件说明、出席 -------------------------------------------------------------------------- */

static bool begins_attachments(const xs_anatomy *an, const xs_seen_line *line)
{
  return line->cell.left > an->sheet->left + an->sheet->em / 2 &&
         (xs_text_starts(line->text, "附件：") || xs_text_starts(line->text, "附件:"));
}

static bool begins_attendance(xs_text text)
{
  return xs_text_starts(text, "出席") || xs_text_starts(text, "请假") ||
         xs_text_starts(text, "列席");
}

/* From a line of this kind up to a blank line, the date or the next element. */
static void label_run(xs_anatomy *an, size_t i, xs_part part)
{
  const xs_len most = (xs_len)((int64_t)an->sheet->line * NEXT_ROW / 1000);
  const xs_seen_line *before = &an->lines.items[i];
  for (size_t j = i; j < an->lines.count; j++) {
    xs_seen_line *line = &an->lines.items[j];
    bool follows = line->page != before->page || line->baseline - before->baseline <= most;
    if (line->part == XS_PART_FOLIO) continue;
    if (!is_open(line) || !is_before_annexes(an, line) || !follows) return;
    if (j > i && line->page != before->page) return;
    line->part = part;
    before = line;
  }
}

/* The last 附件： before the date is the one of the paper, and not one that it speaks of. */
static void find_lists(xs_anatomy *an, size_t body)
{
  size_t attachments = an->lines.count;
  for (size_t i = body; i < an->lines.count && i < an->date_line; i++) {
    if (!is_open(&an->lines.items[i])) continue;
    if (begins_attachments(an, &an->lines.items[i])) attachments = i;
    if (an->form == XS_FORM_MINUTES && begins_attendance(an->lines.items[i].text))
      label_run(an, i, XS_PART_ATTENDANCE);
  }
  if (attachments < an->lines.count) label_run(an, attachments, XS_PART_ATTACHMENT);
}

/* ---- 署名 ------------------------------------------------------------------------------------ */

static bool is_within(const xs_box *box, const xs_seen_line *line)
{
  xs_len x = line->cell.left + (line->cell.right - line->cell.left) / 2;
  xs_len y = line->cell.top + (line->cell.bottom - line->cell.top) / 2;
  return x >= box->left && x <= box->right && y >= box->top && y <= box->bottom;
}

static bool has_seal(const xs_anatomy *an, const xs_seen_line *line)
{
  for (size_t i = 0; i < an->seal_count; i++)
    if (is_within(&an->seals[i]->box, line)) return true;
  return false;
}

static bool ends_sentence(xs_text text)
{
  static const char *const marks[] = {"。", "；", "：", "！", "？", "，", "”", "…"};
  for (size_t i = 0; i < XS_COUNT(marks); i++)
    if (xs_text_ends(text, marks[i])) return true;
  return false;
}

/* Neighbours are side by side when their baselines are one; a line of text has none. */
static bool has_neighbour(const xs_anatomy *an, size_t i)
{
  const xs_seen_line *items = an->lines.items, *line = &items[i];
  return (i > 0 && items[i - 1].page == line->page && items[i - 1].baseline == line->baseline) ||
         (i + 1 < an->lines.count && items[i + 1].page == line->page &&
          items[i + 1].baseline == line->baseline);
}

/* Names stand right above the date, row upon row; rows of several, and those that seals press on,
 * may stand further off. */
static void find_names(xs_anatomy *an, size_t body)
{
  const xs_seen_line *below = &an->lines.items[an->date_line];
  const size_t page = below->page;
  bool in_rows = true;
  for (size_t i = an->date_line; i-- > body;) {
    xs_seen_line *line = &an->lines.items[i];
    if (line->page != page) return;
    if (!is_open(line)) {
      in_rows = false;
      continue;
    }
    int64_t most = (int64_t)an->sheet->line * (has_neighbour(an, i) ? ROOM_ROW : NEXT_ROW) / 1000;
    bool is_next = below->baseline - line->baseline <= most && !ends_sentence(line->text);
    if (has_seal(an, line) && !ends_sentence(line->text)) {
      line->part = XS_PART_NAME;
      below = line;
    } else if (in_rows && is_next) {
      line->part = XS_PART_NAME;
      below = line;
    } else {
      in_rows = false;
    }
  }
}

/* ---- 附注 ------------------------------------------------------------------------------------ */

/* （…） right behind the date. */
static void find_note(xs_anatomy *an)
{
  bool open = false;
  for (size_t i = an->date_line + 1; i < an->lines.count; i++) {
    xs_seen_line *line = &an->lines.items[i];
    if (line->part == XS_PART_FOLIO) continue;
    if (!is_open(line) || !is_before_annexes(an, line)) return;
    if (!open && !xs_text_starts(line->text, "（") && !xs_text_starts(line->text, "(")) return;
    open = true;
    line->part = XS_PART_NOTE;
    if (xs_text_ends(line->text, "）") || xs_text_ends(line->text, ")")) return;
  }
}

xs_status xs_anatomy_sign_off(xs_arena *a, xs_anatomy *an, size_t body)
{
  find_date(an, body);
  find_lists(an, body);
  if (an->date_line == an->lines.count) return XS_OK;
  xs_status status = find_seals(a, an);
  if (status) return status;
  find_names(an, body);
  find_note(an);
  return XS_OK;
}
