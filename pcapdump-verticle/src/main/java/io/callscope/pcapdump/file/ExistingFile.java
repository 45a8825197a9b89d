package io.callscope.pcapdump.file;

import io.callscope.pcap.CaptureFormat;
import io.callscope.pcap.FileWindow;
import io.callscope.pcap.RecordWalk;
import io.callscope.pcap.TcpFlows;
import java.io.IOException;

/**
 * A file that was there before: how it is laid out, where its last whole record ends, and where its
 * TCP connections stand.
 *
 * @param length bytes up to the end of the last whole record; what follows was cut off
 */
record ExistingFile(CaptureFormat format, long length, TcpFlows flows) {
  /**
   * @param bytes its size
   * @throws DumpFailure if it is not one of ours and nothing may be appended to it
   */
  static ExistingFile read(Disk.OpenFile file, long bytes, CaptureFormat preferred)
      throws IOException, DumpFailure {
    FileWindow window = new FileWindow(file::read, bytes);
    byte[] head = window.array();
    window.at(0, head.length);
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
    RecordWalk walk = new RecordWalk(format, window);
    walk.run();
    if (walk.isDamaged()) {
      throw foreign("is damaged");
    }
    return new ExistingFile(format, walk.end(), walk.flows());
  }

  private static DumpFailure foreign(String reason) {
    return new DumpFailure(DropReason.FOREIGN_FILE, reason);
  }
}
