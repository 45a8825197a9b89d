package io.callscope.launcher.packaging;

import io.callscope.config.Settings;
import io.callscope.config.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The program as a file of the deployment calls it.
 *
 * @param where for people: the file and the place in it
 * @param files what it finds, by path
 */
record Invocation(
    String where,
    List<String> arguments,
    Map<String, String> environment,
    Map<String, String> files) {

  /**
   * What {@code -check} looks at.
   *
   * @param folder takes the files
   * @throws SettingsException if it would say that anything is wrong
   */
  Settings settings(Path folder) throws IOException, SettingsException {
    List<String> here = new ArrayList<>(arguments);
    for (int i = 0; i < here.size(); i++) {
      String text = files.get(here.get(i));
      if (text != null) {
        here.set(i, Files.writeString(Files.createTempFile(folder, "", ".yaml"), text).toString());
      } else if (i > 0 && here.get(i - 1).equals("-config")) {
        throw new IOException(where + " names " + here.get(i) + ", which is not there");
      }
    }
    return Settings.load(here, environment);
  }

  @Override
  public String toString() {
    return where;
  }
}
