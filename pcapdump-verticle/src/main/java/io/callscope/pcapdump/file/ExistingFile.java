package io.callscope.pcapdump.file;

import io.callscope.pcap.CaptureFormat;
import io.callscope.pcap.RecordWalk;
import io.callscope.pcap.TcpFlows;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A file that was there before: how it is laid out, where its last whole record ends, and where its
 * TCP connections stand. Of a large file only the end is looked at.
 *
 * @param length bytes up to the end of the last whole record; what follows was cut off
 */
record ExistingFile(CaptureFormat format, long length, TcpFlows flows) {
  /** Most bytes that are read. */
  static final int WINDOW = 256 * 1024;

  /**
   * @param bytes its size
   * @throws DumpFailure if it is not one of ours and nothing may be appended to it
   */
  static ExistingFile read(Disk.OpenFile file, long bytes, CaptureFormat preferred)
      throws IOException, DumpFailure {
    byte[] head = bytes(file, 0, (int) Math.min(bytes, WINDOW));
    CaptureFormat format = CaptureFormat.of(head, head.length);
    if (format == null) {
      if (CaptureFormat.isCutOff(head, head.length)) {
        return new ExistingFile(preferred, 0, new TcpFlows());
      }
      throw foreign("is no capture of Ethernet frames that can be appended to");
    }
    if ((format == CaptureFormat.PCAPNG) != (preferred == CaptureFormat.PCAPNG)) {
      throw foreign("is " + format.text() + ", which is not mixed with " + preferred.text());
    }
    RecordWalk walk = new RecordWalk(format);
    if (bytes <= WINDOW) {
      walk.from(head, format.fileHeaderBytes(), head.length);
    } else {
      byte[] tail = bytes(file, bytes - WINDOW, WINDOW);
      walk.fromSomewhere(tail, tail.length);
    }
    if (walk.isDamaged()) {
      throw foreign("is damaged");
    }
    return new ExistingFile(format, bytes - Math.min(bytes, WINDOW) + walk.end(), walk.flows());
  }

  private static DumpFailure foreign(String reason) {
    return new DumpFailure(DropReason.FOREIGN_FILE, reason);
  }

  private static byte[] bytes(Disk.OpenFile file, long at, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count);
    while (buffer.hasRemaining()) {
      if (file.read(buffer, at + buffer.position()) < 0) {
        throw new IOException("ended while it was read");
      }
    }
    return buffer.array();
  }
}
