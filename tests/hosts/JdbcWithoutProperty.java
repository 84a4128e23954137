// Java without ?enable_load_extension=true (see Jdbc.java) does not load extensions.
import java.sql.*;

class JdbcWithoutProperty {
  public static void main(String[] args) throws SQLException {
    Connection db = DriverManager.getConnection("jdbc:sqlite:" + args[1]);
    PreparedStatement load = db.prepareStatement("SELECT load_extension(?)");
    load.setString(1, args[0]);
    load.execute();
  }
}
