# Reads the ids of all backups, oldest first, and prints those that may go. Needs -v daily= weekly= monthly= yearly= least=.
#
# A tier of N keeps the last backup of each of the N latest days (weeks from Monday, months, years), counted by those that have
# one; UTC. The `least` latest ones always stay. With nothing to keep at all, everything stays.

function day_number(year, month, day, shifted) {
  # Days of the civil calendar, beginning with March, so that a leap day is the last one of its year.
  shifted = month > 2 ? year : year - 1
  return 365 * shifted + int(shifted / 4) - int(shifted / 100) + int(shifted / 400) + int((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day
}

# The 1st of March of the year 0 was a Wednesday, and has number 1.
function week_number(year, month, day) { return int((day_number(year, month, day) + 1) / 7) }

# Whether this backup is the latest of its period, and the period is among the last ones that the tier keeps.
function keeps(tier, period, limit) {
  if (limit <= 0 || (tier, period) in seen) return 0
  seen[tier, period] = 1
  return ++count[tier] <= limit
}

{ ids[NR] = $0 }

END {
  if (daily + weekly + monthly + yearly + least == 0) exit
  for (i = NR; i >= 1; i--) {
    date = substr(ids[i], 10, 8)
    year = substr(date, 1, 4) + 0; month = substr(date, 5, 2) + 0; day = substr(date, 7, 2) + 0
    kept = NR - i < least
    if (keeps("day", date, daily)) kept = 1
    if (keeps("week", week_number(year, month, day), weekly)) kept = 1
    if (keeps("month", substr(date, 1, 6), monthly)) kept = 1
    if (keeps("year", year, yearly)) kept = 1
    if (!kept) print ids[i]
  }
}
