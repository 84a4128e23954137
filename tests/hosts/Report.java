// Prepared statements in an application in Java:
//   java -cp sqlite-jdbc.jar Report.java /path/to/build/h2040 billing.db
import java.sql.*;

class Report {
  static Connection open(String library, String file) throws SQLException {
    Connection db = DriverManager.getConnection("jdbc:sqlite:" + file + "?enable_load_extension=true");
    try (PreparedStatement load = db.prepareStatement("SELECT load_extension(?)")) {
      load.setString(1, library);
      load.execute();
    }
    return db;
  }

  /** The rules that a line would break: asked before it is billed.  null: not judged. */
  static String check(Connection db, String modifiers, int units, Date day, String place) throws SQLException {
    String sql = "SELECT h2040_check('hcpcs_code', 'H2040', 'modifiers', ?, 'units', ?, 'service_date', ?,"
               + "                   'place_of_service', ?)";
    try (PreparedStatement check = db.prepareStatement(sql)) {
      check.setString(1, modifiers);
      check.setInt(2, units);
      check.setString(3, day.toString()); // not setDate: the driver writes a count of milliseconds
      check.setString(4, place);
      return check.executeQuery().getString(1);
    }
  }

  /** Prints the findings of one severity by a payer's policy, a pack's name or JSON. */
  static void print(Connection db, String policy, String severity) throws SQLException {
    String sql = "SELECT claim_id, rule, message FROM h2040_audit('claim_line', ?) WHERE severity = ?";
    try (PreparedStatement audit = db.prepareStatement(sql)) {
      audit.setString(1, policy);
      audit.setString(2, severity);
      ResultSet finding = audit.executeQuery();
      while (finding.next())
        System.out.println(finding.getString("claim_id") + " " + finding.getString("rule") + ": " + finding.getString("message"));
    }
  }

  public static void main(String[] args) throws SQLException {
    try (Connection db = open(args[0], args[1])) {
      System.out.println(check(db, "GT", 1, Date.valueOf("2026-01-05"), "11"));
      print(db, "{\"extends\": \"commercial\", \"max_units_per_line\": 1}", "error");
    }
  }
}
