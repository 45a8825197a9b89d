package io.callscope.config;

import java.util.ArrayList;
import java.util.List;

/** Lists and hashes: which characters separate what. */
final class ListText {
  private ListText() {}

  /** Items between any run of commas, {@code |}, white space and square brackets. */
  static List<String> items(String text) {
    return split(text, ",|[]", "");
  }

  /**
   * Words of a hash: as {@link #items}, with braces as separators too, and each colon a word of its
   * own.
   */
  static List<String> words(String text) {
    return split(text, ",|[]{}", ":");
  }

  private static List<String> split(String text, String separators, String words) {
    List<String> items = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : ' ';
      boolean word = words.indexOf(c) >= 0;
      if (word || Character.isWhitespace(c) || separators.indexOf(c) >= 0) {
        if (i > from) {
          items.add(text.substring(from, i));
        }
        if (word) {
          items.add(String.valueOf(c));
        }
        from = i + 1;
      }
    }
    return items;
  }

  /**
   * File names between spaces; {@code \ } is a space inside a name and {@code \\} a backslash, any
   * other backslash stands for itself.
   */
  static List<String> fileNames(String text) {
    List<String> names = new ArrayList<>();
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char next = i + 1 < text.length() ? text.charAt(i + 1) : 0;
      if (c == '\\' && (next == ' ' || next == '\\')) {
        name.append(next);
        i++;
      } else if (c != ' ') {
        name.append(c);
      } else if (!name.isEmpty()) {
        names.add(name.toString());
        name.setLength(0);
      }
    }
    if (!name.isEmpty()) {
      names.add(name.toString());
    }
    return names;
  }

  static String printFileNames(List<String> names) {
    List<String> escaped = new ArrayList<>();
    names.forEach(name -> escaped.add(name.replace("\\", "\\\\").replace(" ", "\\ ")));
    return String.join(" ", escaped);
  }
}
