# Prints a line of JSON for each table, "DATABASE.TABLE": ROWS. With of=dump it reads a dump to its last line, finds out whether
# that is whole, and writes the position in the log, if there is one, into the file `position`. With of=server it reads lines
# of a name in hexadecimal digits, a tab, and a number. To be run with LC_ALL=C: bytes are what is read. Waits for nothing.

function json(text,    i, sign, result) {
  for (i = 1; i <= length(text); i++) {
    sign = substr(text, i, 1)
    if (sign in CONTROL) result = result CONTROL[sign]
    else result = result (sign == "\"" || sign == "\\" ? "\\" sign : sign)
  }
  return "\"" result "\""
}

function from_hex(digits,    i, result) {
  for (i = 1; i < length(digits); i += 2) result = result sprintf("%c", 16 * (index(HEX, substr(digits, i, 1)) - 1) + index(HEX, substr(digits, i + 1, 1)) - 1)
  return result
}

function refuse(why) {
  print why > "/dev/stderr"
  refused = 1
  exit 1
}

# The head of a statement, whose names may have line breaks; $0 grows until it is whole.
function head(pattern,    more, lines) {
  while (!match($0, pattern)) {
    if (++lines > 10000 || (getline more) <= 0) refuse("a statement that is not understood, at line " NR)
    $0 = $0 "\n" more
  }
  return substr($0, 1, RLENGTH)
}

function named(text,    name) {
  match(text, NAME)
  name = substr(text, RSTART + 1, RLENGTH - 2)
  gsub(/``/, "`", name)
  return name
}

# Texts are taken away, in which anything may stand; what is left has one bracket for each row. Rows end with the statement.
function rows(text) {
  if (index(text, "\\")) gsub(/\\./, "", text)
  if (index(text, "'")) gsub(/'[^']*'/, "", text)
  ROWS[table] += gsub(/\(/, "", text)
  inserting = text !~ /;$/
}

BEGIN {
  HEX = "0123456789ABCDEF"
  NAME = "`([^`]|``)*`"
  DEFINER = "DEFINER=" NAME "@" NAME
  for (i = 1; i < 32; i++) CONTROL[sprintf("%c", i)] = sprintf("\\u%04x", i)
}

of == "server" {
  tab = index($0, "\t")
  print json(from_hex(substr($0, 1, tab - 1))) ": " substr($0, tab + 1)
  next
}

{ last = $0 }

!open && match($0, DEFINER) {
  account = substr($0, RSTART + 8, RLENGTH - 8)
  if (!(account in KNOWN)) print account > definers
  KNOWN[account]
}

# The text of a routine, a trigger or an event.
body {
  if ($0 == "DELIMITER ;") body = 0
  next
}

inserting {
  rows($0)
  next
}

$0 == "DELIMITER ;;" { body = 1 }

!open && /^USE `/ { database = named(head("^USE " NAME ";")) }

!open && /^LOCK TABLES `/ {
  table = database "." named(head("^LOCK TABLES " NAME " WRITE;"))
  ROWS[table] += 0
  open = 1
}

open && /^INSERT INTO `/ {
  start = length(head("^INSERT INTO " NAME " (\\(((" NAME "|[a-z_]+)(, )?)+\\) )?VALUES"))
  rows(substr($0, start + 1))
}

open && $0 == "UNLOCK TABLES;" { open = 0 }

!open && /^-- CHANGE (MASTER|REPLICATION SOURCE) TO (MASTER|SOURCE)_LOG_FILE='/ {
  split($0, part, "'")
  at = $0
  gsub(/.*_LOG_POS=|;.*/, "", at)
  print part[2] ":" at > position
}

# A set of several servers goes over several lines.
!open && (/^-- SET GLOBAL gtid_slave_pos='/ || /^\/\* SET @@GLOBAL.GTID_PURGED=/) {
  set = head("^[^;]*;")
  sub(/^[^=]*=/, "", set)
  gsub(/\/\*![0-9]+|\*\/|[' +;\n]/, "", set)
  print "GTID " set > position
}

END {
  if (refused) exit 1
  if (of == "dump" && (open || inserting || body || last !~ /^-- Dump completed/)) {
    print "its end is missing: line " NR " is not the mark that the tool writes last" > "/dev/stderr"
    exit 1
  }
  for (table in ROWS) print json(table) ": " ROWS[table]
}
