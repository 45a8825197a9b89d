package io.callscope.tracker.call;

import io.callscope.query.Listing;
import io.callscope.sip.CallIdHash;
import io.callscope.table.TableFigures;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Reads the tables of a partition for pages. Called on the thread of its tracker. */
public final class CallQuery {
  private final CallTracker tracker;
  private final CallStore store;
  private final Bindings bindings;
  private final BiConsumer<byte[], Map<String, Object>> describe;

  CallQuery(
      CallTracker tracker,
      CallStore store,
      Bindings bindings,
      BiConsumer<byte[], Map<String, Object>> describe) {
    this.describe = describe;
    this.tracker = tracker;
    this.store = store;
    this.bindings = bindings;
  }

  /** A walk over the entries that all filters let through. */
  public CallScan calls(List<CallFilter> filters, Listing listing) {
    return new CallScan(store.table, filters, this::view, listing);
  }

  /** A walk over the bindings that all filters let through. */
  public BindingScan bindings(List<BindingFilter> filters, Listing listing) {
    return bindings.scan(filters, listing);
  }

  /** All entries of a Call-ID, oldest first. */
  public List<Map<String, Object>> call(String callId) {
    byte[] id = callId.getBytes(StandardCharsets.UTF_8);
    int hash = CallIdHash.of(id, 0, id.length);
    List<Map<String, Object>> found = new ArrayList<>();
    for (CallEntry entry = store.table.chain(hash); entry != null; entry = entry.chainNext) {
      if (entry.hash == hash && CallText.equals(entry.texts, CallText.CALL_ID, id, 0, id.length)) {
        found.add(0, view(entry));
      }
    }
    return found;
  }

  private Map<String, Object> view(CallEntry entry) {
    Map<String, Object> view = CallView.of(entry, tracker.nowNanos());
    view.put("bindings", bindings.views(entry));
    int callId = CallText.start(entry.texts, CallText.CALL_ID);
    int end = CallText.end(entry.texts, CallText.CALL_ID);
    describe.accept(Arrays.copyOfRange(entry.texts, callId, end), view);
    return view;
  }

  /** Figures of the table of calls. */
  public Map<String, Object> callTable() {
    CallTable table = store.table;
    Map<String, Object> figures =
        new TableFigures(
                limit(store.settings.maxEntries()),
                table.bytes(),
                limit(store.settings.maxBytes()),
                table.created(),
                store.counters.failures())
            .of(table);
    figures.put("timers", store.wheel.size());
    return figures;
  }

  /** Figures of the table of bindings. */
  public Map<String, Object> bindingTable() {
    return bindings.figures();
  }

  static long limit(long setting) {
    return setting == Long.MAX_VALUE ? 0 : setting;
  }
}
