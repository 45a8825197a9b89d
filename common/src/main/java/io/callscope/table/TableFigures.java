package io.callscope.table;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What pages say of a table, under the names of {@code docs/bus.md}.
 *
 * @param maxEntries most entries, 0 = no limit; the same for bytes
 * @param bytes of entries and table
 * @param created entries so far
 * @param failures entries that were refused
 */
public record TableFigures(
    long maxEntries, long bytes, long maxBytes, long created, long failures) {

  public Map<String, Object> of(ChainedTable<?> table) {
    ChainedTable.Chains chains = table.chains();
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("entries", table.size());
    figures.put("maxEntries", maxEntries);
    figures.put("bytes", bytes);
    figures.put("maxBytes", maxBytes);
    figures.put("created", created);
    figures.put("removed", created - table.size());
    figures.put("failures", failures);
    figures.put("buckets", table.bucketCount());
    figures.put("shortestChain", chains.shortest());
    figures.put("longestChain", chains.longest());
    return figures;
  }
}
