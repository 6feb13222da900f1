/*
 * Chinese has no blanks between words, and what people look for is often two characters long, or
 * one. So a run of characters 海滨机械厂 is indexed by its overlapping pairs 海滨 滨机 机械 械厂,
 * one place further each, and by each character once. A question of two or more is the phrase of
 * its pairs; a question of one is that character. Pairs are exact: nothing is found that does not
 * stand there, and nothing that stands there is missed.
 *
 *   place      1     2     3     4     5
 *   pairs      海滨  滨机  机械  械厂
 *   characters 海    滨    机    械    厂
 *
 * A character alone is indexed where it first stands only, since no phrase asks for its place; but
 * the last of a run always takes a place, so that the pairs of two runs never stand side by side.
 */
#include "store/tokens.h"

#include "base/text.h"
#include "store/query.h"
#include "store/search.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

enum { WORD_MAX_BYTES = 64 };

/* ---- letters ---- */

xs_letter xs_letter_of(uint32_t c)
{
  switch (c) {
  case 0xB7:   /* · */
  case 0x2022: /* • */
  case 0x2027: /* ‧ */
  case 0x2219: /* ∙ */
  case 0x22C5: /* ⋅ */
  case 0x30FB: /* ・ */
    return XS_LETTER_DOT;
  default:
    break;
  }
  UChar32 u = (UChar32)c;
  if (u_hasBinaryProperty(u, UCHAR_IDEOGRAPHIC) || u_charType(u) == U_PRIVATE_USE_CHAR)
    return XS_LETTER_HAN;
  bool word = u_isalnum(u) || (U_GET_GC_MASK(u) & U_GC_M_MASK);
  return word ? XS_LETTER_WORD : XS_LETTER_NONE;
}

bool xs_tokens_run(xs_text text, size_t *off, xs_run_of_letters *out)
{
  *out = (xs_run_of_letters){.letter = XS_LETTER_NONE};
  size_t from = *off;
  while (*off < text.len) {
    size_t before = *off;
    xs_letter letter = xs_letter_of(xs_text_next(text, off));
    if (letter == XS_LETTER_DOT && out->count) continue;
    if (out->count && letter != out->letter) {
      *off = before;
      break;
    }
    if (letter == XS_LETTER_NONE || letter == XS_LETTER_DOT) continue;
    if (!out->count++) from = before;
    out->letter = letter;
    out->text = (xs_text){text.ptr + from, *off - from};
  }
  return out->count > 0;
}

/* ---- folding ---- */

static UChar *to_utf16(xs_arena *a, xs_text text, int32_t *len)
{
  UErrorCode error = U_ZERO_ERROR;
  UChar *room = xs_arena_array(a, text.len + 1, sizeof *room);
  if (!room) return NULL;
  u_strFromUTF8WithSub(room, (int32_t)text.len + 1, len, text.ptr, (int32_t)text.len, 0xFFFD, NULL,
                       &error);
  return U_FAILURE(error) ? NULL : room;
}

static UChar *normalise(xs_arena *a, const UChar *from, int32_t len, int32_t *out_len)
{
  UErrorCode error = U_ZERO_ERROR;
  const UNormalizer2 *form = unorm2_getNFKCCasefoldInstance(&error);
  if (U_FAILURE(error)) return NULL;
  int32_t needed = unorm2_normalize(form, from, len, NULL, 0, &error);
  UChar *room = xs_arena_array(a, (size_t)needed + 1, sizeof *room);
  if (!room) return NULL;
  error = U_ZERO_ERROR;
  *out_len = unorm2_normalize(form, from, len, room, needed + 1, &error);
  return U_FAILURE(error) ? NULL : room;
}

static xs_text to_utf8(xs_arena *a, const UChar *from, int32_t len)
{
  UErrorCode error = U_ZERO_ERROR;
  int32_t bytes = 0;
  size_t room_len = (size_t)len * 3 + 1;
  char *room = xs_arena_alloc(a, room_len);
  if (!room) return XS_NO_TEXT;
  u_strToUTF8WithSub(room, (int32_t)room_len, &bytes, from, len, 0xFFFD, NULL, &error);
  return U_FAILURE(error) ? XS_NO_TEXT : (xs_text){room, (size_t)bytes};
}

/* The zero of Chinese years is 〇, and often typed as a circle. */
static void mend_zeros(UChar *text, int32_t len)
{
  for (int32_t i = 0; i < len; i++)
    if (text[i] == 0x25CB || text[i] == 0x25EF) text[i] = 0x3007;
}

xs_text xs_tokens_fold(xs_arena *a, xs_text text)
{
  int32_t len = 0;
  if (text.len > INT32_MAX / 8) return XS_NO_TEXT;
  UChar *wide = to_utf16(a, text, &len);
  if (wide) wide = normalise(a, wide, len, &len);
  if (!wide) return XS_NO_TEXT;
  mend_zeros(wide, len);
  return to_utf8(a, wide, len);
}

/* ---- the tokenizer of FTS5 ---- */

typedef int (*emit_token)(void *context, int flags, const char *token, int len, int from, int to);

typedef struct tokens {
  emit_token emit;
  void *context;
  bool question;
  unsigned char seen[0x40000 / 8]; /* characters that were indexed alone; up to U+3FFFF */
} tokens;

static bool see(tokens *t, uint32_t c)
{
  unsigned char *byte = &t->seen[(c & 0x3FFFF) / 8];
  unsigned char bit = (unsigned char)(1u << (c % 8));
  bool seen = *byte & bit;
  *byte |= bit;
  return seen;
}

static int emit(tokens *t, int flags, const uint32_t *letters, size_t count)
{
  char token[8];
  size_t len = 0;
  for (size_t i = 0; i < count; i++) len += xs_text_encode(letters[i], token + len);
  return t->emit(t->context, flags, token, (int)len, 0, 0);
}

/* One character of a run, and the one behind it (0: none). */
static int emit_han(tokens *t, uint32_t c, uint32_t next, bool first)
{
  const uint32_t pair[] = {c, next};
  int code = SQLITE_OK;
  bool seen = see(t, c);
  if (next) code = emit(t, 0, pair, 2);
  if (code) return code;
  if (t->question) return first && !next ? emit(t, 0, pair, 1) : SQLITE_OK;
  if (!next) return emit(t, 0, pair, 1);
  return seen ? SQLITE_OK : emit(t, FTS5_TOKEN_COLOCATED, pair, 1);
}

static uint32_t next_letter(xs_text run, size_t *off)
{
  while (*off < run.len) {
    uint32_t c = xs_text_next(run, off);
    if (xs_letter_of(c) != XS_LETTER_DOT) return c;
  }
  return 0;
}

static int emit_run(tokens *t, const xs_run_of_letters *run)
{
  size_t off = 0;
  int code = SQLITE_OK;
  uint32_t c = next_letter(run->text, &off);
  for (bool first = true; !code && c; first = false) {
    uint32_t next = next_letter(run->text, &off);
    code = emit_han(t, c, next, first);
    c = next;
  }
  return code;
}

/* A word, cut where it is too long for one: what it begins with is enough to find it. */
static int emit_word(tokens *t, xs_text word)
{
  char token[WORD_MAX_BYTES + 4];
  size_t len = 0, off = 0;
  while (off < word.len && len < WORD_MAX_BYTES) {
    uint32_t c = xs_text_next(word, &off);
    if (xs_letter_of(c) != XS_LETTER_DOT) len += xs_text_encode(c, token + len);
  }
  return t->emit(t->context, 0, token, (int)len, 0, 0);
}

static int tokenize(Fts5Tokenizer *self, void *context, int flags, const char *text, int len,
                    emit_token emit_one)
{
  (void)self;
  tokens t = {.emit = emit_one, .context = context, .question = flags & FTS5_TOKENIZE_QUERY};
  xs_text all = {text, (size_t)len};
  xs_run_of_letters run;
  int code = SQLITE_OK;
  for (size_t off = 0; !code && xs_tokens_run(all, &off, &run);)
    code = run.letter == XS_LETTER_HAN ? emit_run(&t, &run) : emit_word(&t, run.text);
  return code;
}

/* There is nothing to remember from one text to the next. */
static int create(void *context, const char **words, int count, Fts5Tokenizer **out)
{
  (void)words;
  (void)count;
  *out = context;
  return SQLITE_OK;
}

static void drop(Fts5Tokenizer *self)
{
  (void)self;
}

int xs_tokens_register(sqlite3 *db)
{
  static fts5_tokenizer ours = {create, drop, tokenize};
  fts5_api *api = NULL;
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v2(db, xs_sql_text(XS_SQL_FTS5), -1, &statement, NULL);
  if (!code) code = sqlite3_bind_pointer(statement, 1, &api, "fts5_api_ptr", NULL);
  if (!code) sqlite3_step(statement);
  int closed = sqlite3_finalize(statement);
  if (code || closed) return code ? code : closed;
  return api ? api->xCreateTokenizer(api, "xieshang", &ours, &ours, NULL) : SQLITE_ERROR;
}
