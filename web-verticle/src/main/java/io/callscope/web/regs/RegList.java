package io.callscope.web.regs;

import io.callscope.net.Ends;
import io.callscope.web.list.Column;
import io.callscope.web.list.Field;
import io.callscope.web.list.TrackerListPage;
import io.callscope.web.view.Links;
import io.callscope.web.view.Shown;
import io.callscope.web.view.Times;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** {@code /regs/list}: the bindings of contacts to AORs. */
public final class RegList {
  /** What the list can be filtered by. */
  public static final List<Field> FILTERS =
      List.of(new Field("aor", "AOR", ""), new Field("contact", "Contact", ""));

  private static final List<String> SORTS = List.of("aor", "contact", "source", "moves", "expires");

  public static final TrackerListPage.Kind KIND =
      new TrackerListPage.Kind(
          "/regs/list",
          "Registrations",
          "reg-list",
          "bindings",
          FILTERS,
          SORTS,
          List.of(
              Column.Kind.number("#", ""),
              Column.Kind.sorted("AOR", "aor"),
              Column.Kind.sorted("Contact", "contact"),
              Column.Kind.sorted("Reached at", "source"),
              Column.Kind.number("Moves", "moves"),
              Column.Kind.sorted("Expires", "expires"),
              Column.Kind.plain("Call-ID")),
          (params, query) -> {},
          RegList::row,
          RegList::line);

  private RegList() {}

  /** A row of the table. */
  record Row(
      long number,
      String aor,
      String contact,
      String source,
      String rates,
      long moves,
      String expires,
      boolean deleting,
      String callId,
      String href,
      String events) {}

  private static Row row(long number, JsonObject binding) {
    String callId = binding.getString("callId", "");
    String aor = binding.getString("aor", "");
    return new Row(
        number,
        Shown.brief(aor),
        Shown.brief(binding.getString("contact", "")),
        Shown.plain(Ends.of(binding.getString("source", ""), binding.getInteger("sourcePort", 0))),
        Links.rates("", binding.getString("source", "")),
        binding.getLong("moves", 0L),
        Times.moment(Times.read(binding.getString("expires", ""))),
        binding.getBoolean("deleting", false),
        Shown.brief(callId),
        Links.call(callId),
        "/events?tu=" + Links.encoded(aor));
  }

  private static String line(long number, JsonObject binding) {
    return number
        + ". "
        + Shown.quoted(binding.getString("aor", ""))
        + " -> "
        + Shown.quoted(binding.getString("contact", ""))
        + " call: "
        + Shown.quoted(binding.getString("callId", ""))
        + "\n";
  }
}
