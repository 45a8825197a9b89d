package io.callscope.pcapdump.worker;

import io.callscope.bus.NoteKind;
import io.callscope.bus.RecordFlags;
import io.callscope.bus.RecordKind;
import io.callscope.bus.SipBatch;
import io.callscope.sip.Partitioning;
import io.callscope.sip.SipError;
import java.nio.charset.StandardCharsets;

/**
 * What a pcapng file says of each message beside its packet: where it came in, over what transport,
 * what partition follows its call, who reported it, and what was wrong with it.
 */
final class Comments {
  private static final byte[] NONE = {};

  private final boolean on;
  private final int partitions;

  /**
   * @param on whether the files can have any
   * @param partitions of call tracking
   */
  Comments(boolean on, int partitions) {
    this.on = on;
    this.partitions = partitions;
  }

  byte[] of(SipBatch batch, int record) {
    if (!on) {
      return NONE;
    }
    StringBuilder text = new StringBuilder(64);
    text.append("input ").append(batch.source());
    text.append(", ").append(batch.transport(record).text());
    text.append(", partition ").append(Partitioning.of(batch.message(record), partitions));
    note(text, ", by SBC ", batch.note(record, NoteKind.SBC));
    note(text, ", results from call ", batch.note(record, NoteKind.INGRESS_CALL_ID));
    if (batch.has(record, RecordFlags.TRUNCATED)) {
      text.append(", cut off");
    }
    if (batch.kind(record) == RecordKind.PARSE_ERROR) {
      text.append(", does not parse: ").append(SipError.text(batch.error(record)));
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void note(StringBuilder text, String what, byte[] value) {
    if (value != null) {
      text.append(what).append(new String(value, StandardCharsets.UTF_8));
    }
  }
}
