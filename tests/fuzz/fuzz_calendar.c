/*
 * Any bytes as a calendar. One that is sound is counted over: every count ends, its last day is no
 * day off and no paused one, and its lines go from day to day.
 */
#include "base/arena.h"
#include "base/diag.h"
#include "data/count.h"
#include "support/memory_host.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

/* What every run needs; loaded once. */
static struct {
  xs_arena *arena;
  xs_diags *diags;
  const xs_schema *schema;
} shared;

static void load_shared(void)
{
  const xs_host *host = xs_host_posix();
  shared.arena = xs_arena_new(host);
  shared.diags = xs_diags_new(host);
  if (xs_schema_load(shared.arena, XS_LIT(XS_TEST_ROOT "/templates/schema/calendar.rng"),
                     shared.diags, &shared.schema))
    abort();
}

static void check_lines(const xs_count *count, int32_t step)
{
  for (size_t i = 1; i < count->line_count; i++) {
    int32_t gone = xs_date_days(count->lines[i].date) - xs_date_days(count->lines[i - 1].date);
    if (gone != step && gone != 0) abort();
  }
}

static void count_over(const xs_calendar *calendar, const xs_period *period, xs_diags *diags)
{
  xs_count count;
  xs_arena *a = xs_arena_new(xs_host_posix());
  int year = xs_calendar_first_year(calendar);
  const xs_pause pause = {{year, 2, 1}, {year, 3, 1}};
  xs_status st =
      xs_count_period(a, calendar, (xs_date){year, 1, 20}, period, &pause, 1, true, diags, &count);
  if (!st && period->roll == XS_ROLL_ON && !xs_day_works(xs_calendar_day(calendar, count.due)))
    abort();
  if (!st) check_lines(&count, period->backward ? -1 : 1);
  xs_arena_free(a);
}

static void count_all(const xs_calendar *calendar, xs_diags *diags)
{
  for (xs_time_unit unit = XS_UNIT_DAY; unit <= XS_UNIT_MONTH; unit++) {
    count_over(calendar, &(xs_period){60, unit, false, XS_ROLL_ON}, diags);
    count_over(calendar, &(xs_period){60, unit, true, XS_ROLL_NOT}, diags);
    count_over(calendar, &(xs_period){3, unit, true, XS_ROLL_ON}, diags);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
  if (!shared.schema) load_shared();
  memory_host m;
  memory_host_init(&m, "calendar.xml", len ? bytes : (const uint8_t *)"", len);
  xs_diags *diags = xs_diags_new(&m.host);
  if (!diags) return 0;
  xs_calendar *calendar = NULL;
  xs_status st = xs_calendar_load(&m.host, shared.schema, XS_LIT("calendar.xml"), diags, &calendar);
  if ((st != XS_OK) != (xs_diags_count(diags, XS_ERROR) > 0)) abort();
  if ((st == XS_OK) != (calendar != NULL)) abort();
  if (calendar) count_all(calendar, diags);
  xs_calendar_free(calendar);
  xs_diags_free(diags);
  return 0;
}
