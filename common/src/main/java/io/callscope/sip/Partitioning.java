package io.callscope.sip;

/**
 * The partition of a message: by its Call-ID, but by its address of record where the CSeq method is
 * REGISTER, so that all that binds to it meets. Any thread.
 */
public final class Partitioning {
  private Partitioning() {}

  /**
   * @param row the {@link SipIndex} row of a parsed message, or of one that failed with what is
   *     known of it
   * @return 0 to {@code partitions}-1
   */
  public static int of(byte[] bytes, int start, int[] row, int partitions) {
    return of(bytes, start, row, 0, partitions);
  }

  /** The same of a message in a batch. */
  public static int of(SipMessage message, int partitions) {
    return of(message.bytes(), message.start(), message.index(), message.row(), partitions);
  }

  private static int of(byte[] bytes, int start, int[] index, int row, int partitions) {
    boolean register = index[row + SipIndex.CSEQ_METHOD] == SipMethod.REGISTER;
    int to = row + SipIndex.TO_URI;
    int hash =
        register && (index[row + SipIndex.FLAGS] & SipIndex.FLAG_TO) != 0
            ? ofAddressOfRecord(bytes, start + index[to], index[to + 1])
            : index[row + SipIndex.CALL_ID_HASH];
    return CallIdHash.part(hash, partitions);
  }

  /**
   * Equal for URIs that compare equal in their short form, and for texts that are equal but for
   * case. So it looks at user and host alone, whatever the case, and neither decides whether the
   * URI is a good one: a good one has one separating {@code @} and no password, port, parameter or
   * header of it starts before it.
   */
  static int ofAddressOfRecord(byte[] bytes, int from, int length) {
    int end = from + length;
    int user = Math.min(afterScheme(bytes, from, end), end);
    // The first byte of the user is taken as it is, even where it is a separator.
    int at = Octets.indexOf(bytes, Math.min(user + 1, end), end, '@');
    int host = at < end ? at + 1 : user;
    int userEnd = at < end ? Math.min(Octets.indexOf(bytes, user, at, ':'), at) : user;
    return CallIdHash.ofPairIgnoringCase(
        bytes, user, userEnd - user, host, hostEnd(bytes, host, end) - host);
  }

  private static int afterScheme(byte[] bytes, int from, int end) {
    return Octets.indexOf(bytes, from, end, ':') + 1;
  }

  private static int hostEnd(byte[] bytes, int from, int end) {
    if (from < end && bytes[from] == '[') {
      return Math.min(Octets.indexOf(bytes, from, end, ']') + 1, end);
    }
    // The first byte is taken as it is.
    int i = Math.min(from + 1, end);
    while (i < end && bytes[i] != ':' && bytes[i] != ';' && bytes[i] != '?') {
      i++;
    }
    return i;
  }
}
