#include "model/style.h"

#include "base/text.h"

static const char *const role_titles[XS_ROLE_COUNT] = {
    [XS_ROLE_SONG] = "宋", [XS_ROLE_XIAOBIAO] = "小标宋", [XS_ROLE_FANGSONG] = "仿宋",
    [XS_ROLE_KAI] = "楷",  [XS_ROLE_HEI] = "黑",          [XS_ROLE_WESTERN] = "西文",
};

const char *xs_role_title(xs_role role)
{
  return role_titles[role];
}

static const char *const kinsoku_names[XS_KINSOKU_SET_COUNT] = {
    [XS_KINSOKU_BASIC] = "basic",
    [XS_KINSOKU_GB] = "gb",
    [XS_KINSOKU_STRICT] = "strict",
    [XS_KINSOKU_NONE] = "none",
};

const char *xs_kinsoku_set_name(xs_kinsoku_set set)
{
  return kinsoku_names[set];
}

static const char *const marks_names[XS_MARKS_COUNT] = {
    [XS_MARKS_SQUEEZE] = "squeeze",
    [XS_MARKS_INDENT] = "squeeze-indent",
    [XS_MARKS_FULL] = "full",
};

const char *xs_marks_name(xs_marks marks)
{
  return marks_names[marks];
}

bool xs_role_find(xs_text title, xs_role *out)
{
  for (unsigned i = 0; i < XS_ROLE_COUNT; i++) {
    if (!xs_text_is(title, role_titles[i])) continue;
    *out = (xs_role)i;
    return true;
  }
  return false;
}
