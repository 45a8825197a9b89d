package io.callscope.web.rates;

import io.callscope.web.forms.Input;
import io.callscope.web.http.Params;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The criteria of hard collections as parameters: {@code hard_gc_m<i>_} and, for each condition, an
 * operator and a value. An edit names its index and what it says of each condition.
 */
final class CriterionForm {
  /** Criteria at most. */
  static final int MOST = 10;

  private static final String IGNORE = "ignore";
  private static final List<String> OPERATORS = List.of(IGNORE, "==", ">", "<", ">=", "<=", "<>");

  /** Parameters of operator and value, name of the time on the bus, label. */
  private static final String[][] TIMES = {
    {"opt0", "dt0", "created", "created"},
    {"opexchgt", "dexchgt", "changed", "state changed"},
    {"opexlastt", "dexlastt", "lastExceeded", "last over the limit"},
    {"opoklastt", "doklastt", "lastOk", "last accepted"},
  };

  private CriterionForm() {}

  private static String name(int index, String parameter) {
    return "hard_gc_m" + index + "_" + parameter;
  }

  /** What a request says of criteria. */
  static JsonArray edits(Params params) {
    JsonArray edits = new JsonArray();
    for (int i = 0; i < MOST; i++) {
      JsonObject edit = new JsonObject();
      exceeded(params, i, edit);
      for (String[] time : TIMES) {
        age(params, i, time, edit);
      }
      if (!edit.isEmpty()) {
        edits.add(edit.put("index", i));
      }
    }
    return edits;
  }

  private static void exceeded(Params params, int index, JsonObject edit) {
    String operator = operator(params, name(index, "opex"));
    String value = params.first(name(index, "ex"));
    if (operator.isEmpty() && value.isEmpty()) {
      return;
    }
    if (operator.equals(IGNORE)) {
      edit.put("exceeded", IGNORE);
    } else if (!List.of("", "==", "<>").contains(operator)) {
      params.error(
          name(index, "opex"), operator, "is not one of ignore == <>, as yes and no have no order");
    } else {
      boolean wanted = params.word(name(index, "ex"));
      edit.put("exceeded", operator.equals("<>") != wanted);
    }
  }

  private static void age(Params params, int index, String[] time, JsonObject edit) {
    String operator = operator(params, name(index, time[0]));
    Duration age = params.time(name(index, time[1]));
    if (operator.isEmpty() && age == null) {
      return;
    }
    JsonObject condition = new JsonObject().put("time", time[2]);
    if (!operator.isEmpty()) {
      condition.put("comparison", operator);
    }
    if (age != null) {
      condition.put("millis", age.toMillis());
    }
    edit.put(time[2], condition);
  }

  private static String operator(Params params, String name) {
    String operator = params.first(name);
    if (!operator.isEmpty() && !OPERATORS.contains(operator)) {
      params.error(name, operator, "is not one of " + String.join(" ", OPERATORS));
    }
    return operator;
  }

  /** The criteria with the edits made; an index past the end appends one. */
  static JsonArray apply(JsonArray edits, JsonArray criteria) {
    JsonArray changed = criteria.copy();
    for (Object one : edits) {
      JsonObject edit = (JsonObject) one;
      int index = Math.min(edit.getInteger("index"), changed.size());
      JsonObject old = index < changed.size() ? changed.getJsonObject(index) : new JsonObject();
      JsonObject now = apply(edit, old);
      if (index < changed.size()) {
        changed.set(index, now);
      } else if (now.containsKey("exceeded") || !now.getJsonArray("ages").isEmpty()) {
        changed.add(now);
      }
    }
    return changed;
  }

  private static JsonObject apply(JsonObject edit, JsonObject old) {
    JsonObject criterion = new JsonObject();
    Object exceeded = edit.getValue("exceeded", old.getValue("exceeded"));
    if (exceeded instanceof Boolean) {
      criterion.put("exceeded", exceeded);
    }
    JsonArray ages = new JsonArray();
    for (String[] time : TIMES) {
      JsonObject age = new JsonObject().put("comparison", ">").mergeIn(age(old, time[2]));
      age.mergeIn(edit.getJsonObject(time[2], new JsonObject()));
      if (age.containsKey("millis") && !age.getString("comparison").equals(IGNORE)) {
        ages.add(age);
      }
    }
    return criterion.put("ages", ages);
  }

  private static JsonObject age(JsonObject criterion, String time) {
    for (Object age : criterion.getJsonArray("ages", new JsonArray())) {
      if (((JsonObject) age).getString("time", "").equals(time)) {
        return (JsonObject) age;
      }
    }
    return new JsonObject();
  }

  static List<Input> inputs(int index, JsonObject criterion) {
    List<Input> inputs = new ArrayList<>();
    Boolean exceeded = criterion.getBoolean("exceeded");
    inputs.add(
        operators(name(index, "opex"), "over the limit", exceeded == null ? IGNORE : "==", 3));
    inputs.add(
        Input.onOff(name(index, "ex"), "is", exceeded != null && exceeded, "over", "not over"));
    for (String[] time : TIMES) {
      JsonObject age = age(criterion, time[2]);
      inputs.add(operators(name(index, time[0]), time[3], age.getString("comparison", IGNORE), 9));
      inputs.add(
          Input.text(name(index, time[1]), "ago", RateViews.duration(age.getValue("millis")), ""));
    }
    return inputs;
  }

  private static Input operators(String name, String label, String value, int most) {
    List<String[]> choices = new ArrayList<>();
    for (String operator : most == 3 ? List.of(IGNORE, "==", "<>") : OPERATORS) {
      choices.add(new String[] {operator, operator});
    }
    return Input.select(name, label, value, "", choices);
  }
}
