package io.callscope.web.rates;

import io.callscope.web.forms.FormPage;
import io.callscope.web.forms.Input;
import io.callscope.web.forms.Section;
import io.callscope.web.gather.Current;
import io.callscope.web.http.Answer;
import io.callscope.web.http.Asked;
import io.callscope.web.http.Page;
import io.callscope.web.list.ListQuery;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** {@code /evrateblst/list/query}: the form that leads to the list of rates. */
public final class RateQueryForm implements Page {
  private static final String LIST = "/evrateblst/list";

  private final Current eventStage;

  public RateQueryForm(Current eventStage) {
    this.eventStage = eventStage;
  }

  @Override
  public Future<Answer> answer(Asked asked) {
    return eventStage
        .settings()
        .otherwise(new JsonObject())
        .map(settings -> page(settings.getJsonObject("rates", new JsonObject())));
  }

  private static Answer page(JsonObject rates) {
    JsonArray intervals = rates.getJsonArray("intervalsMillis", new JsonArray());
    List<String[]> slots = new ArrayList<>();
    slots.add(new String[] {"", "any"});
    for (int i = 0; i < intervals.size(); i++) {
      if (!"0".equals(String.valueOf(intervals.getValue(i)))) {
        slots.add(new String[] {Integer.toString(i), RateViews.duration(intervals.getValue(i))});
      }
    }
    List<Input> inputs =
        List.of(
            Input.select(
                "val", "Over the limit", "-1", "", choices("-1", "either", "0", "no", "1", "yes")),
            Input.select("rop", "Rate", ">=", "", choices(">=", ">=", "<", "<")),
            Input.number("rate", "than", "", "events an interval"),
            Input.select("ridx", "in the interval", "", "", slots),
            Input.text("ip", "Address", "", "an address, a network or a regular expression"),
            Input.check("re", "Address is a regular expression", false),
            Input.number("n", "At most", ListQuery.DEFAULT_MAX, ""),
            Input.number("s", "Start", 0, ""));
    return FormPage.of(
            "Query event rates",
            "Leads to the list of rate entries.",
            List.of(Section.asking(LIST, inputs)),
            new JsonObject().put("list", LIST).put("intervalsMillis", intervals),
            List.of())
        .answer();
  }

  private static List<String[]> choices(String... pairs) {
    List<String[]> choices = new ArrayList<>();
    for (int i = 0; i < pairs.length; i += 2) {
      choices.add(new String[] {pairs[i], pairs[i + 1]});
    }
    return choices;
  }
}
