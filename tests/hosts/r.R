# R:  Rscript r.R build/h2040 billing.db
library(DBI)
arguments <- commandArgs(trailingOnly = TRUE)

db <- dbConnect(RSQLite::SQLite(), arguments[2], loadable.extensions = TRUE)
invisible(dbGetQuery(db, "SELECT load_extension(?)", params = list(arguments[1])))

show <- function(sql, ...) {
  rows <- dbGetQuery(db, sql, ...)
  write.table(rows, sep = "|", quote = FALSE, na = "", row.names = FALSE, col.names = FALSE)
}
show("SELECT sqlite_version()")
show("SELECT claim_id, h2040_check('hcpcs_code', hcpcs_code, 'modifiers', modifiers, 'units', units), modifier_valid(modifiers)
        FROM claim_line")
show("SELECT claim_id, service_date, units_before, units_over, status
        FROM sessions_over_cap('claim_line', ?, 'month')", params = list(2L))
dbDisconnect(db)
