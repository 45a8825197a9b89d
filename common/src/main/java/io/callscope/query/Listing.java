package io.callscope.query;

/**
 * Which part of a list is wanted, and in which order.
 *
 * @param skip how many that match are left out before the first
 * @param limit how many are listed at most
 * @param sort name of what the list is sorted by, empty for the order of creation
 * @param descending the other way round
 * @param shows what of each entry
 * @param counts whether all that match are counted; a list need not be walked to its end otherwise
 * @param waitMillis how long who asks waits for it
 * @param from where the walk over the table begins if the list comes in pieces, as the piece before
 *     has said ({@code next}), 0 for the first; -1 for a list of pages
 */
public record Listing(
    int skip,
    int limit,
    String sort,
    boolean descending,
    Show shows,
    boolean counts,
    long waitMillis,
    long from) {

  /** What an answer has of each entry. */
  public enum Show {
    ENTRIES,
    /**
     * What it is sorted by, so that lists of several partitions can be merged before their entries
     * are asked for.
     */
    KEYS,
    BOTH
  }

  /** Entries in one answer, so that no answer holds up the thread of the table. */
  public static final int MOST_ENTRIES = 1000;

  /** Keys in one answer. */
  public static final int MOST_KEYS = 100_000;

  /**
   * How far a list goes that is not in the order of creation: so many are kept while it is made.
   */
  public static final int MOST_SORTED = 20_000;

  private static final int DEFAULT_LIMIT = 100;
  private static final long DEFAULT_WAIT_MILLIS = 2000;
  private static final long MOST_WAIT_MILLIS = 30_000;
  private static final long PAGES = -1;
  private static final long LAST_PLACE = (1L << 32) - 1;

  /**
   * Reads the fields {@code skip}, {@code limit}, {@code sort}, {@code descending}, {@code show},
   * {@code count}, {@code waitMillis} and {@code from} of a query.
   *
   * @throws IllegalArgumentException if one is not what it should be
   */
  public static Listing read(Fields query) {
    Show shows = show(query.text("show", "entries"));
    int most = shows == Show.KEYS ? MOST_KEYS : MOST_ENTRIES;
    Listing listing =
        new Listing(
            query.atMostInt("skip", 0),
            Math.min(query.atMostInt("limit", DEFAULT_LIMIT), most),
            query.text("sort", ""),
            query.flag("descending", false),
            shows,
            query.flag("count", true),
            query.number("waitMillis", DEFAULT_WAIT_MILLIS, MOST_WAIT_MILLIS),
            query.number("from", PAGES, LAST_PLACE));
    if (listing.isInPieces() && !listing.isPlain()) {
      throw new IllegalArgumentException("from goes with none of skip, sort, descending and show");
    }
    return listing;
  }

  private boolean isPlain() {
    return skip == 0 && sort.isEmpty() && !descending && shows == Show.ENTRIES;
  }

  private static Show show(String name) {
    return switch (name) {
      case "entries" -> Show.ENTRIES;
      case "keys" -> Show.KEYS;
      case "both" -> Show.BOTH;
      default ->
          throw new IllegalArgumentException("show must be entries, keys or both, not " + name);
    };
  }

  /** It is in the order of creation, newest first: the walk itself goes that way. */
  public boolean newestFirst() {
    return sort.isEmpty() && descending;
  }

  /** It has no order, and goes on whatever has become of what it has had. */
  boolean isInPieces() {
    return from != PAGES;
  }

  /** No walk is in the order wanted. */
  boolean isSorted() {
    return !sort.isEmpty();
  }

  /** How many from the first on have to be known. */
  int end() {
    return (int) Math.min((long) skip + limit, Integer.MAX_VALUE);
  }
}
