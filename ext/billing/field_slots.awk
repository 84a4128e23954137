# The fields of field.h as a hash table of their names: field.c looks them up in it; and
# those that are ids.
# The hash must be that of slot_of in field.c.

/^  FIELD\([A-Z0-9_]+, [a-z0-9_]+, / {
  name = toupper($2)
  sub(/,$/, "", name)
  hash = 0
  for (i = 1; i <= length(name); i++) {
    hash = (hash * 37 + index("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", substr(name, i, 1))) % 65536
  }
  slot = (hash + int(hash / 256)) % slots()
  while (slot in field) slot = (slot + 1) % slots()
  if ($3 ~ /^ID\)/) ids = ids (count + 0) ", "
  field[slot] = count++
}

function slots() { return 256 }

END {
  print "enum { FIELD_SLOTS = " slots() ", NO_FIELD = 255 };"
  print "_Static_assert(FIELD_COUNT == " count ", \"every field stands in the table\");"
  print "static const unsigned char field_slot[FIELD_SLOTS] = {"
  for (slot = 0; slot < slots(); slot++) print (slot in field ? field[slot] : "NO_FIELD") ","
  print "};"
  print "const unsigned char h2040_id_fields[ID_FIELD_COUNT + 1] = { " ids "FIELD_COUNT };"
}
