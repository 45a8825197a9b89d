package io.callscope.web.list;

/**
 * A column of a list.
 *
 * @param href link that sorts the list by it, empty if none does
 * @param sorted {@code ascending} or {@code descending}, empty if the list is not sorted by it
 */
public record Column(String label, String href, String sorted, boolean number) {

  /**
   * A kind of column.
   *
   * @param sort name of its order; empty is the order of creation
   * @param sortable the list can be sorted by it
   * @param number it holds numbers
   */
  public record Kind(String label, String sort, boolean sortable, boolean number) {
    public static Kind plain(String label) {
      return new Kind(label, "", false, false);
    }

    public static Kind sorted(String label, String sort) {
      return new Kind(label, sort, true, false);
    }

    public static Kind number(String label, String sort) {
      return new Kind(label, sort, true, true);
    }
  }

  /** For the template. */
  public String arrow() {
    return switch (sorted) {
      case "ascending" -> " \u25b2";
      case "descending" -> " \u25bc";
      default -> "";
    };
  }
}
