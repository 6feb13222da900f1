#include "workflow/means.h"

#include "base/text.h"
#include "model/picture.h"

static xs_status check_scan(const xs_means_proof *proof, xs_diags *diags);
static xs_status check_picture(const xs_means_proof *proof, xs_diags *diags);

static const xs_means all[] = {
#define X(id, name, signs, seals, what, check) {XS_LIT_INIT(name), signs, seals, what, check},
#include "workflow/means.def"
#undef X
};

const xs_means *xs_means_at(size_t i)
{
  return i < XS_COUNT(all) ? &all[i] : NULL;
}

const xs_means *xs_means_find(xs_text id, xs_diags *diags)
{
  for (size_t i = 0; i < XS_COUNT(all); i++)
    if (xs_text_equal(all[i].id, id)) return &all[i];
  xs_diag(diags, XS_D_MEANS_UNKNOWN, XS_NOWHERE, _("“%.*s” is no means of signing"), XS_TEXT(id));
  for (size_t i = 0; i < XS_COUNT(all); i++)
    xs_diag_note(diags, XS_NOWHERE, "%.*s: %s", XS_TEXT(all[i].id), _(all[i].what));
  return NULL;
}

xs_status xs_means_check(const xs_means *means, const xs_means_proof *proof, xs_diags *diags)
{
  if (proof->bytes.len) return means->check(proof, diags);
  xs_diag(diags, XS_D_MEANS_FILE, XS_NOWHERE, _("“%.*s” needs a file that shows it: %s"),
          XS_TEXT(means->id), _(means->what));
  return XS_EINPUT;
}

/* ---- the checks of means.def ---- */

static xs_status check_scan(const xs_means_proof *proof, xs_diags *diags)
{
  static const xs_text heads[] = {
      XS_LIT_INIT("%PDF-"),      XS_LIT_INIT("\x89PNG\r\n\x1a\n"), XS_LIT_INIT("\xff\xd8\xff"),
      XS_LIT_INIT("II\x2a\x00"), XS_LIT_INIT("MM\x00\x2a"),
  };
  for (size_t i = 0; i < XS_COUNT(heads); i++) {
    xs_text head = {heads[i].ptr, heads[i].len};
    if (proof->bytes.len > head.len && xs_text_equal((xs_text){proof->bytes.ptr, head.len}, head))
      return XS_OK;
  }
  xs_diag(diags, XS_D_MEANS_FILE, XS_NOWHERE,
          _("“%.*s” is no scan of a page: a PDF, PNG, JPEG or TIFF is needed"),
          XS_TEXT(proof->path));
  return XS_EINPUT;
}

static xs_status check_picture(const xs_means_proof *proof, xs_diags *diags)
{
  xs_picture picture = {.name = proof->path, .bytes = proof->bytes};
  return xs_picture_measure(&picture, XS_NOWHERE, diags);
}
