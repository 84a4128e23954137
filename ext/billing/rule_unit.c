/*
** unit.not_whole, unit.over_line_max, unit.time_based, unit.exceeds_time,
** unit.too_short
**
** Units are whole numbers of the policy's unit, or minutes where unit_measure says so.
*/
#include "judgment.h"

/* The minutes of a unit that is a length of time, or 0. */
static int minutes_per_unit(int basis) {
  return basis == BASIS_15_MINUTES ? 15 : basis == BASIS_HOUR ? 60 : 0;
}

static double units_rounded(double minutes, int minutes_per) {
  double units = minutes / minutes_per + 0.5;
  return units < 1e15 ? (double)(int64_t)units : units;
}

/* A unit counts from just over half of it, or only when it is full. */
static double units_supported(double minutes, int minutes_per, int rounding) {
  double units = minutes / minutes_per;
  if (units >= 1e15) return units;
  double full = (double)(int64_t)units;
  bool one_more = rounding == ROUNDING_HALF && minutes - full * minutes_per > minutes_per / 2.0;
  return full + one_more;
}

static void time_based(struct judgment *j, int64_t units) {
  static const struct {
    int minutes;
    const char *name;
  } clock[] = { { 15, "quarter-hours" }, { 60, "hours" } };
  char minutes[NUMBER_SIZE];
  for (int i = 0; i < 2; i++) {
    if ((double)units != units_rounded(j->minutes, clock[i].minutes)) continue;
    BROKEN(j, RULE_UNIT_TIME_BASED, FIELD_UNITS, "%lld units are the %s of %s minutes, but this payer's unit is a session",
           (long long)units, clock[i].name, h2040_number_said(j->minutes, minutes));
    return;
  }
}

static void exceeds_time(struct judgment *j, int64_t units, int minutes_per) {
  double supported = units_supported(j->minutes, minutes_per, j->policy->unit_rounding);
  char minutes[NUMBER_SIZE], most[NUMBER_SIZE];
  if ((double)units <= supported) return;
  BROKEN(j, RULE_UNIT_EXCEEDS_TIME, FIELD_UNITS, "%lld unit%s of %s, but %s minute%s %s", (long long)units,
         plural(units), minutes_per == 15 ? "15 minutes" : "an hour", h2040_number_said(j->minutes, minutes),
         j->minutes == 1 ? " supports" : "s support", h2040_number_said(supported, most));
}

/* What is measured in minutes (837P's MJ). */
static bool measured_in_minutes(const struct judgment *j) {
  static const char *const words[] = { "MJ", "MIN", "MINUTE", "MINUTES" };
  const struct value *v = value_of(j, FIELD_UNIT_MEASURE);
  if (!passed(j, FIELD_UNIT_MEASURE) || !has_bytes(v)) return false;
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    if (h2040_same(h2040_trim(value_bytes(v)), h2040_text(words[i]))) return true;
  }
  return false;
}

static void not_whole(struct judgment *j, enum reading reading) {
  if (!judged(j, RULE_UNIT_NOT_WHOLE)) return;
  if (reading == BLANK) BROKEN(j, RULE_UNIT_NOT_WHOLE, FIELD_UNITS, "units is blank");
  else BROKEN(j, RULE_UNIT_NOT_WHOLE, FIELD_UNITS, "units %s is not a whole number of 1 or more",
              quoted_value(j, FIELD_UNITS).z);
}

/* The units of the policy that the minutes fill; false where they are no whole one. */
static bool units_of_minutes(struct judgment *j, int64_t *units) {
  int minutes_per = minutes_per_unit(j->policy->unit_basis);
  double minutes;
  enum reading reading = h2040_read_number(value_of(j, FIELD_UNITS), &minutes);
  if (reading != READ || minutes <= 0) {
    not_whole(j, reading);
    return false;
  }
  double filled = minutes_per > 0 ? units_supported(minutes, minutes_per, j->policy->unit_rounding) : 0;
  *units = filled < 1e18 ? (int64_t)filled : INT64_MAX;
  if (*units > 0) return true;
  if (judged(j, RULE_UNIT_NOT_WHOLE)) {
    BROKEN(j, RULE_UNIT_NOT_WHOLE, FIELD_UNITS, "units %s are minutes (unit_measure %s), %s %s",
           quoted_value(j, FIELD_UNITS).z, quoted_value(j, FIELD_UNIT_MEASURE).z,
           minutes_per > 0 ? "too few for this payer's unit of" : "but this payer's unit is the",
           h2040_unit_basis_text(j->policy->unit_basis));
  }
  return false;
}

static bool read_units(struct judgment *j, int64_t *units) {
  if (measured_in_minutes(j)) return units_of_minutes(j, units);
  enum reading reading = h2040_read_whole_number(value_of(j, FIELD_UNITS), units);
  if (reading == READ && *units >= 1) return true;
  not_whole(j, reading);
  return false;
}

void h2040_judge_units(struct judgment *j) {
  const struct policy *policy = j->policy;
  int64_t units;
  if (passed(j, FIELD_UNITS) && read_units(j, &units)) {
    int minutes_per = minutes_per_unit(policy->unit_basis);
    if (judged(j, RULE_UNIT_OVER_LINE_MAX) && units > policy->max_units_per_line) {
      BROKEN(j, RULE_UNIT_OVER_LINE_MAX, FIELD_UNITS, "%lld units on one line; this payer takes %lld",
             (long long)units, (long long)policy->max_units_per_line);
    }
    if (judged(j, RULE_UNIT_TIME_BASED) && policy->unit_basis == BASIS_SESSION && units >= 2 && j->has_minutes) {
      time_based(j, units);
    }
    if (judged(j, RULE_UNIT_EXCEEDS_TIME) && minutes_per > 0 && j->has_minutes) exceeds_time(j, units, minutes_per);
  }
  if (judged(j, RULE_UNIT_TOO_SHORT) && j->has_minutes && policy->min_minutes != NO_LIMIT
      && j->minutes < (double)policy->min_minutes) {
    char minutes[NUMBER_SIZE];
    BROKEN(j, RULE_UNIT_TOO_SHORT, j->minutes_field, "the session took %s minute%s; this payer wants at least %lld",
           h2040_number_said(j->minutes, minutes), j->minutes == 1 ? "" : "s", (long long)policy->min_minutes);
  }
}
