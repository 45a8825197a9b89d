package io.callscope.config;

/** What to say of a name that is no option's. */
final class UnknownName {
  private UnknownName() {}

  static String reason(String name) {
    String closest = null;
    int least = Math.max(1, name.length() / 3) + 1;
    for (Option<?> option : Options.ALL) {
      int distance = distance(name, option.name());
      if (distance < least) {
        least = distance;
        closest = option.name();
      }
    }
    return "no such option" + (closest == null ? "" : "; did you mean " + closest + "?");
  }

  /** Insertions, deletions, replacements and swaps of neighbours that make one text the other. */
  private static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int differs = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        cost[i][j] =
            Math.min(cost[i - 1][j - 1] + differs, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[a.length()][b.length()];
  }
}
