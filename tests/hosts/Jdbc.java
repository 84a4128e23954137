// Java (JDBC, xerial):  java -cp sqlite-jdbc.jar Jdbc.java /path/to/build/h2040 billing.db
import java.sql.*;

class Jdbc {
  static Connection db;

  static void show(String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = db.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) statement.setObject(i + 1, parameters[i]);
      ResultSet rows = statement.executeQuery();
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        String line = "";
        for (int i = 1; i <= columns; i++) {
          String value = rows.getString(i);
          line += (i > 1 ? "|" : "") + (value == null ? "" : value);
        }
        System.out.println(line);
      }
    }
  }

  public static void main(String[] args) throws SQLException {
    db = DriverManager.getConnection("jdbc:sqlite:" + args[1] + "?enable_load_extension=true");
    try (PreparedStatement load = db.prepareStatement("SELECT load_extension(?)")) {
      load.setString(1, args[0]);
      load.execute();
    }
    show("SELECT sqlite_version()");
    show("SELECT claim_id, h2040_check('hcpcs_code', hcpcs_code, 'modifiers', modifiers, 'units', units), modifier_valid(modifiers)"
       + "  FROM claim_line");
    show("SELECT claim_id, service_date, units_before, units_over, status"
       + "  FROM sessions_over_cap('claim_line', ?, 'month')", 2);
  }
}
