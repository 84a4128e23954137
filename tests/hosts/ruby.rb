# Ruby:  ruby ruby.rb build/h2040 billing.db
require "sqlite3"
library, file = ARGV

db = SQLite3::Database.new(file)
db.enable_load_extension(true)
db.load_extension(library)

show = ->(sql, *parameters) { db.execute(sql, parameters) { |row| puts row.join("|") } }

show.("SELECT sqlite_version()")
show.("SELECT claim_id, h2040_check('hcpcs_code', hcpcs_code, 'modifiers', modifiers, 'units', units), modifier_valid(modifiers)
         FROM claim_line")
show.("SELECT claim_id, service_date, units_before, units_over, status
         FROM sessions_over_cap('claim_line', ?, 'month')", 2)
