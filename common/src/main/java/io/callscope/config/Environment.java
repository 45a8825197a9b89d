package io.callscope.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Options of the environment: {@code CALLSCOPE_HTTP_PORT}. An empty variable counts as none. */
final class Environment {
  static final String PREFIX = "CALLSCOPE_";

  /** Not ours: what Kubernetes sets for a service named callscope and for its ports. */
  private static final Pattern OF_SERVICES =
      Pattern.compile("CALLSCOPE_(?:.*SERVICE_(?:HOST|PORT)(?:_.*)?|(?:.*_)?PORT_[0-9]+_.*)");

  /** A port of theirs is a URL. */
  private static final Pattern URL = Pattern.compile("(?:tcp|udp|sctp)://.*");

  /** For the start script. */
  private static final String JAVA = PREFIX + "JAVA";

  private Environment() {}

  static List<Assignment> read(Map<String, String> environment, List<Problem> problems) {
    List<Assignment> assignments = new ArrayList<>();
    new TreeMap<>(environment)
        .forEach(
            (variable, text) -> {
              if (variable.startsWith(PREFIX) && !text.isEmpty()) {
                read(variable, text, assignments, problems);
              }
            });
    return assignments;
  }

  private static void read(
      String variable, String text, List<Assignment> assignments, List<Problem> problems) {
    String name = variable.substring(PREFIX.length()).toLowerCase(Locale.ROOT);
    Option<?> option = Options.named(name);
    if (option != null && option.commandLineOnly()) {
      problems.add(new Problem(variable, null, "", "only stands on the command line"));
    } else if (option != null) {
      assignments.add(new Assignment(option, text));
    } else if (!isForeign(variable, text)) {
      problems.add(new Problem(variable, null, "environment", UnknownName.reason(name)));
    }
  }

  private static boolean isForeign(String variable, String text) {
    return OF_SERVICES.matcher(variable).matches()
        || (variable.endsWith("PORT") && URL.matcher(text).matches())
        || variable.startsWith(JAVA);
  }
}
