package io.callscope.cluster;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Shares items, numbered from 0, out over processes: each goes to the process with the highest hash
 * of both (rendezvous hashing) that is not full yet, so nobody has more than one item above
 * another's fair share, and when a process comes or goes few items move that need not. Every
 * process comes to the same result by itself.
 */
final class Shares {
  private Shares() {}

  /** The process of each item; no entries if there is no process. */
  static List<String> of(String what, int items, Collection<String> processes) {
    List<String> owners = new ArrayList<>();
    if (processes.isEmpty()) {
      return owners;
    }
    int most = (items + processes.size() - 1) / processes.size();
    Map<String, Integer> load = new HashMap<>();
    for (int item = 0; item < items; item++) {
      String best = null;
      long bestHash = 0;
      for (String process : processes) {
        long hash = hash(what + "/" + item + "/" + process);
        boolean isHigher =
            best == null || hash > bestHash || (hash == bestHash && process.compareTo(best) < 0);
        if (load.getOrDefault(process, 0) < most && isHigher) {
          best = process;
          bestHash = hash;
        }
      }
      owners.add(best);
      load.merge(best, 1, Integer::sum);
    }
    return owners;
  }

  /** Of few bytes a CRC alone would be too regular; the finisher of MurmurHash3 mixes it. */
  private static long hash(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    long h = crc.getValue();
    h = (h ^ h >>> 33) * 0xff51_afd7_ed55_8ccdL;
    h = (h ^ h >>> 33) * 0xc4ce_b9fe_1a85_ec53L;
    return (h ^ h >>> 33) & Long.MAX_VALUE;
  }
}
