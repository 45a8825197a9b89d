package io.callscope.capture.file;

import io.callscope.capture.config.FileInput;
import io.callscope.counters.CounterGroup;
import io.callscope.pcap.PacketReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Group {@code pcap.<file>} of one file. Written by the source's thread. */
final class FileCounters {
  /** Group of all captures that were sent. */
  static final String UPLOADS = "pcap.uploads";

  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private final CounterGroup group;
  private final int packets;
  private final int bytes;
  private final int delayed;
  private final int delayed1;
  private final int delayed10;
  private final int delayed100;
  private final int delayed1000;
  private final int badTimes;
  private final int cutOff;
  private final int damaged;
  private final int unreadBytes;
  private final int failed;

  private FileCounters(String name) {
    CounterGroup.Builder builder = new CounterGroup.Builder(name);
    packets = builder.add("packets", "packets read");
    bytes = builder.add("bytes", "bytes of them on the wire");
    delayed = builder.add("t_delayed", "packets replayed more than 1 ms late");
    delayed1 = builder.add("delayed1", "late by 1 to 10 ms");
    delayed10 = builder.add("delayed10", "late by 10 to 100 ms");
    delayed100 = builder.add("delayed100", "late by 100 ms to 1 s");
    delayed1000 = builder.add("delayed1000", "late by 1 s or more");
    badTimes = builder.add("bad_times", "packets with an absurd capture time");
    cutOff = builder.add("cut_off", "times the file ended within a record");
    damaged = builder.add("damaged", "times the file was read up to a damage alone");
    unreadBytes = builder.add("unread_bytes", "of the file, behind its last whole packet");
    failed = builder.add("failed", "times the file could not be opened, or its disk failed");
    group = builder.build();
  }

  /** One for each file, in order; different files of the same name get a number behind it. */
  static Map<String, FileCounters> of(List<String> files) {
    Map<String, CounterGroup> names = new LinkedHashMap<>();
    Map<String, FileCounters> counters = new LinkedHashMap<>();
    for (String file : files) {
      if (counters.containsKey(file)) {
        continue;
      }
      String name = groupName(file);
      String unique = name;
      for (int i = 2; names.containsKey(unique); i++) {
        unique = name + "_" + i;
      }
      FileCounters ofFile = new FileCounters(unique);
      names.put(unique, ofFile.group);
      counters.put(file, ofFile);
    }
    return counters;
  }

  /** Captures that somebody has sent are counted together, whatever their names. */
  static Map<String, FileCounters> ofUpload(FileInput input) {
    return Map.of(input.files().get(0), new FileCounters(UPLOADS));
  }

  private static String groupName(String file) {
    if (file.equals(PacketReader.STANDARD_INPUT)) {
      return "pcap.stdin";
    }
    return "pcap." + file.substring(file.lastIndexOf('/') + 1).replace('.', '_');
  }

  CounterGroup group() {
    return group;
  }

  void packet(int originalLength) {
    group.increment(packets);
    group.add(bytes, originalLength);
  }

  void badTime() {
    group.increment(badTimes);
  }

  /**
   * The file could not be read to its end.
   *
   * @param cut it ends too early; else it is damaged
   * @param unread bytes of it behind the last packet, as they lie on the disk
   */
  void broken(boolean cut, long unread) {
    group.increment(cut ? cutOff : damaged);
    group.add(unreadBytes, unread);
  }

  /** The file could not be opened, or reading it failed. */
  void failed() {
    group.increment(failed);
  }

  /** A packet that was replayed after it was due. */
  void late(long nanos) {
    if (nanos <= MILLI) {
      return;
    }
    group.increment(delayed);
    if (nanos < 10 * MILLI) {
      group.increment(delayed1);
    } else if (nanos < 100 * MILLI) {
      group.increment(delayed10);
    } else if (nanos < 1000 * MILLI) {
      group.increment(delayed100);
    } else {
      group.increment(delayed1000);
    }
  }
}
