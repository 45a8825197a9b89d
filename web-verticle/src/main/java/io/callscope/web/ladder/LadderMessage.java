package io.callscope.web.ladder;

import io.callscope.net.Ends;

/**
 * A message as it was captured.
 *
 * @param timeNanos capture time, ns since 1970
 * @param transport for example {@code udp}
 * @param bytes from the start line to the end of the body
 */
@SuppressWarnings("ArrayRecordComponent") // only read; nobody compares messages
public record LadderMessage(
    long timeNanos, String transport, End source, End destination, byte[] bytes) {

  /** One end of a message's way. */
  public record End(String ip, int port) {

    /** For example {@code 192.0.2.1:5060} or {@code [2001:db8::1]:5060}. */
    public String text() {
      return Ends.of(ip, port);
    }
  }
}
