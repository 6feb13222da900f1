/* Runs a fuzz target over every file of the folders that are named, where there is no fuzzer. */
#include "xieshang/base.h"

#include <stdio.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static int failures, runs;

static int run_file(void *dir, const char *name)
{
  const xs_host *host = xs_host_posix();
  char path[4096];
  const void *ptr = NULL;
  size_t len = 0;
  snprintf(path, sizeof path, "%s/%s", (const char *)dir, name);
  if (host->map(host->user, path, SIZE_MAX, &ptr, &len) != 0) {
    perror(path);
    failures++;
    return 0;
  }
  (void)LLVMFuzzerTestOneInput(ptr, len);
  host->unmap(host->user, ptr, len);
  runs++;
  return 0;
}

int main(int argc, char **argv)
{
  const xs_host *host = xs_host_posix();
  for (int i = 1; i < argc; i++) {
    if (host->list(host->user, argv[i], run_file, argv[i]) == 0) continue;
    perror(argv[i]);
    failures++;
  }
  printf("%d inputs\n", runs);
  return failures || runs == 0;
}
