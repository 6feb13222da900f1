#include "base/diag.h"

#include <libintl.h>

/* gettext answers the empty msgid with the header of the catalogue. */
const char *xs_message(const char *msgid)
{
  return *msgid ? dgettext("xieshang", msgid) : msgid;
}
