# Perl:  perl perl.pl build/h2040 billing.db
use strict;
use warnings;
use DBI;
my ($library, $file) = @ARGV;

my $db = DBI->connect("dbi:SQLite:$file", "", "", { RaiseError => 1 });
$db->sqlite_enable_load_extension(1);
$db->sqlite_load_extension($library);

sub show {
  my ($sql, @parameters) = @_;
  print join("|", map { $_ // "" } @$_), "\n" for @{ $db->selectall_arrayref($sql, undef, @parameters) };
}
show("SELECT sqlite_version()");
show("SELECT claim_id, h2040_check('hcpcs_code', hcpcs_code, 'modifiers', modifiers, 'units', units), modifier_valid(modifiers)
        FROM claim_line");
show("SELECT claim_id, service_date, units_before, units_over, status
        FROM sessions_over_cap('claim_line', ?, 'month')", 2);
