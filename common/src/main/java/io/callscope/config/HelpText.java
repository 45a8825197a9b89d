package io.callscope.config;

import java.util.List;

/** What {@code -help} prints: 100 columns, options by group. */
public final class HelpText {
  private static final int WIDTH = 100;
  private static final int TEXT_COLUMN = 34;

  private HelpText() {}

  public static String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        "callscope watches SIP: calls, registrations and events from captured packets.\n\n");
    text.append("usage: callscope -pcap FILES [-http_port PORT] [options]\n");
    text.append("       callscope passwd FILE USER [viewer|operator|delete]\n\n");
    paragraph(
        text,
        "An option has one or two dashes; its value follows after a space or =. A switch takes a value only after ="
            + " (-replay=false). The last one of several wins. Each option can also be set by an environment"
            + " variable (CALLSCOPE_HTTP_PORT) or by a YAML file (-config FILE, key http_port);"
            + " the command line wins over the environment, the environment over the file.");
    for (OptionGroup group : OptionGroup.values()) {
      text.append('\n').append(group.title()).append('\n');
      for (Option<?> option : Options.ALL) {
        if (option.group() == group) {
          option(text, option);
        }
      }
    }
    text.append(
        "\nExit codes: 0 normal end, 1 third stop signal, 2 wrong options, 255 run error.\n");
    return text.toString();
  }

  private static void option(StringBuilder text, Option<?> option) {
    StringBuilder names = new StringBuilder("  -" + option.name());
    option.aliases().forEach(alias -> names.append(", -").append(alias));
    if (!option.isSwitch()) {
      names.append(' ').append(option.syntax().placeholder());
    }
    String meaning = option.description() + defaultOf(option);
    int room = WIDTH - TEXT_COLUMN;
    List<String> lines = wrap(meaning, room);
    if (names.length() >= TEXT_COLUMN) {
      text.append(names).append('\n').append(" ".repeat(TEXT_COLUMN));
    } else {
      text.append(names).append(" ".repeat(TEXT_COLUMN - names.length()));
    }
    text.append(String.join("\n" + " ".repeat(TEXT_COLUMN), lines)).append('\n');
  }

  private static String defaultOf(Option<?> option) {
    String text = option.defaultText();
    return option.isSwitch() || text.isEmpty() ? "" : " (default " + text + ")";
  }

  private static void paragraph(StringBuilder text, String words) {
    wrap(words, WIDTH).forEach(line -> text.append(line).append('\n'));
  }

  private static List<String> wrap(String words, int width) {
    StringBuilder text = new StringBuilder();
    int column = 0;
    for (String word : words.split(" ", -1)) {
      if (column > 0 && column + 1 + word.length() > width) {
        text.append('\n');
        column = 0;
      } else if (column > 0) {
        text.append(' ');
        column++;
      }
      text.append(word);
      column += word.length();
    }
    return text.toString().lines().toList();
  }
}
