#include "xieshang/base.h"

const char *xs_version(void)
{
  return XS_VERSION;
}
