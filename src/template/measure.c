#include "template/measure.h"

#include "base/limits.h"
#include "base/text.h"

#define MAX_LENGTH XS_PT(XS_MAX_LENGTH_PT)
enum { MAX_MILLI = XS_MAX_LENGTH_PT * 1000 };

static const struct {
  const char *name;
  int32_t millipt;
} sizes[] = {
#define X(name, millipt) {name, millipt},
#include "template/sizes.def"
#undef X
};

static bool parse_size_name(xs_text t, xs_measure *out)
{
  for (size_t i = 0; i < XS_COUNT(sizes); i++) {
    if (!xs_text_is(t, sizes[i].name)) continue;
    *out = (xs_measure){xs_len_of_millipt(sizes[i].millipt), false};
    return true;
  }
  return false;
}

bool xs_measure_parse(xs_text t, xs_measure *out)
{
  t = xs_text_trim(t);
  if (xs_text_is(t, "0")) {
    *out = (xs_measure){0, false};
    return true;
  }
  if (t.len < 3) return false;
  xs_text number = {t.ptr, t.len - 2};
  int64_t milli = 0;
  if (!xs_text_milli(number, &milli)) return parse_size_name(t, out);
  if (milli > MAX_MILLI || milli < -MAX_MILLI) return false;
  if (xs_text_ends(t, "pt")) {
    *out = (xs_measure){xs_len_of_millipt(milli), false};
  } else if (xs_text_ends(t, "mm") && xs_len_of_micron(milli) <= MAX_LENGTH &&
             xs_len_of_micron(milli) >= -MAX_LENGTH) {
    *out = (xs_measure){xs_len_of_micron(milli), false};
  } else if (xs_text_ends(t, "em")) {
    *out = (xs_measure){(int32_t)milli, true};
  } else {
    return false;
  }
  return true;
}

xs_len xs_measure_resolve(xs_measure m, xs_len em)
{
  if (!m.is_em) return m.value;
  int64_t scaled = (int64_t)m.value * em;
  scaled = (scaled + (scaled < 0 ? -500 : 500)) / 1000;
  if (scaled > MAX_LENGTH) return MAX_LENGTH;
  return scaled < -MAX_LENGTH ? -MAX_LENGTH : (xs_len)scaled;
}
