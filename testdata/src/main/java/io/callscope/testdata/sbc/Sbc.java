package io.callscope.testdata.sbc;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A simulated SBC: its connection to a collector. For one thread. */
public final class Sbc implements Closeable {
  private static final int HEADER = 16;
  private static final int CONNECTED = 257;
  private static final int TIMEOUT_MILLIS = 20_000;
  private static final int BUFFER = 64 * 1024;
  private static final int LARGEST = 4096;
  private static final long HOUR_NANOS = 3_600_000_000_000L;

  private final String name;
  private final Socket socket = new Socket();
  private final byte[] buffer = new byte[BUFFER];
  private final OutputStream out;
  private final InputStream in;
  private int used;
  private int sequence;
  private long sent;
  private long clockOffNanos;
  private boolean silent;

  /** Connects, and sends nothing yet. */
  public Sbc(String name, InetSocketAddress collector) throws IOException {
    this.name = name;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    try {
      socket.connect(collector, TIMEOUT_MILLIS);
    } catch (ConnectException e) {
      throw new IOException(
          name
              + ": nobody listens at "
              + (collector.getHostString() + ":" + collector.getPort())
              + (": " + e.getMessage() + "; does a collector run, with that -ipfix_port?"),
          e);
    } catch (IOException e) {
      throw new IOException(name + ": " + e.getMessage(), e);
    }
    out = socket.getOutputStream();
    in = socket.getInputStream();
  }

  public String name() {
    return name;
  }

  /**
   * What a collector has answered to a connect request.
   *
   * @param keepAliveSeconds how often it wants to hear a keep-alive, 0 for never
   * @param flags what it wants to hear of beside SIP
   */
  public record Answer(int keepAliveSeconds, int flags) {}

  /**
   * Asks to be heard, and waits for the answer.
   *
   * @param old in the way of older software, without a name
   */
  public Answer connect(int keepAliveSeconds, boolean old) throws IOException {
    raw(
        old
            ? FeedMessage.oldConnect(keepAliveSeconds)
            : FeedMessage.connect(name, keepAliveSeconds));
    ByteBuffer set = answer();
    if (set.getShort(0) != CONNECTED) {
      throw new IOException(name + ": an answer of set " + set.getShort(0));
    }
    return new Answer(set.getShort(4 + 10), set.getShort(4 + 4));
  }

  private ByteBuffer answer() throws IOException {
    try {
      byte[] head = in.readNBytes(HEADER);
      if (head.length == HEADER) {
        return ByteBuffer.wrap(in.readNBytes(ByteBuffer.wrap(head).getShort(2) - HEADER));
      }
    } catch (SocketTimeoutException e) {
      throw new IOException(
          name + ": no answer within " + TIMEOUT_MILLIS / 1000 + " s: is that a collector?", e);
    } catch (IOException e) {
      throw ended(e);
    }
    throw new IOException(
        name + ": the collector ended the connection: its -ipfix_allow and its log may say why");
  }

  /** Sends bytes as they are, at once. */
  public void raw(byte[] bytes) throws IOException {
    flush();
    write(bytes, bytes.length);
  }

  private void write(byte[] bytes, int length) throws IOException {
    try {
      out.write(bytes, 0, length);
    } catch (IOException e) {
      throw ended(e);
    }
  }

  private IOException ended(IOException e) {
    return new IOException(name + ": the collector ended the connection: " + e.getMessage(), e);
  }

  public void keepAlive() throws IOException {
    if (!silent) {
      raw(FeedMessage.keepAlive());
    }
  }

  /** Sends a message of a call, with the next that are on their way. */
  public void send(CallScript script, int step, long number, long nanos) throws IOException {
    if (silent) {
      return;
    }
    room();
    used = script.write(step, number, nanos + clockOffNanos, ++sequence, buffer, used);
    sent++;
  }

  /** Sends a whole call, its messages a millisecond apart. */
  public void call(CallScript script, long number, long nanos) throws IOException {
    for (int step = 0; step < script.messages(); step++) {
      send(script, step, number, nanos + step * 1_000_000L);
    }
    flush();
  }

  /** Sends a message composed elsewhere, with its time and place in the sequence. */
  void send(byte[] message, long nanos) throws IOException {
    if (silent) {
      return;
    }
    byte[] copy = message.clone();
    FeedMessage.setTime(copy, 0, FeedMessage.RECORD_SECONDS, nanos + clockOffNanos);
    FeedMessage.setSequence(copy, 0, ++sequence);
    raw(copy);
    sent++;
  }

  private void room() throws IOException {
    if (used > BUFFER - LARGEST) {
      flush();
    }
  }

  /** Sends what has been gathered. */
  public void flush() throws IOException {
    if (used > 0) {
      write(buffer, used);
      used = 0;
    }
  }

  /** Records sent, but for those that a fault spoiled. */
  public long sent() {
    return sent;
  }

  /** Does something wrong. */
  public void fault(Fault fault) throws IOException {
    flush();
    byte[] message = FeedMessage.message(258, new byte[60]);
    switch (fault) {
      case STALL -> silent = true;
      case HALF_MESSAGE -> {
        raw(Arrays.copyOf(message, message.length / 2));
        close();
      }
      case RESET -> {
        socket.setSoLinger(true, 0);
        close();
      }
      case LYING_SET -> {
        ByteBuffer.wrap(message).putShort(18, (short) 20_000);
        raw(message);
      }
      case LYING_MESSAGE -> {
        ByteBuffer.wrap(message).putShort(2, (short) 7);
        raw(message);
      }
      case CLOCK_OFF -> clockOffNanos = HOUR_NANOS;
      case CLOCK_BACK -> clockOffNanos = -HOUR_NANOS;
    }
  }

  /** The collector has closed the connection: waits for that. */
  public boolean isClosedByCollector() throws IOException {
    return in.read() < 0;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
