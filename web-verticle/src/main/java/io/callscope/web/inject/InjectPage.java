package io.callscope.web.inject;

import io.callscope.web.calls.JsonCall;
import io.callscope.web.forms.Input;
import io.callscope.web.gather.MergedList;
import io.callscope.web.gather.TrackerQueries;
import io.callscope.web.http.Answer;
import io.callscope.web.http.Asked;
import io.callscope.web.http.Page;
import io.callscope.web.http.Params;
import io.callscope.web.http.Upload;
import io.callscope.web.view.Links;
import io.callscope.web.view.Shown;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** {@code /inject}: messages by hand, or a whole capture, as if they had been captured. */
public final class InjectPage implements Page {
  private static final int MOST_CALL_IDS = 10;
  private static final int MOST_CALLS = 1000;
  private static final int NO_ROOM = 507;

  /** When the packets of a capture happen. */
  private static final Map<String, String> TIMES =
      new TreeMap<>(
          Map.of(
              "auto", "as captured, or from now on where that would disturb others",
              "captured", "as captured, or not at all",
              "now", "from now on"));

  private final InjectService service;
  private final MergedList calls;

  public InjectPage(Vertx vertx, TrackerQueries trackers) {
    service = new InjectService(vertx);
    calls = new MergedList(trackers.partitions());
  }

  /** What became of a message. */
  record Result(
      int number, boolean parsed, String text, String callId, String href, String message) {}

  /** What the template shows. */
  record Model(
      List<Input> inputs,
      List<Result> results,
      String ends,
      List<String> lines,
      String source,
      String times,
      Input timesInput,
      List<String> errors) {}

  /** All that one request came to. */
  private record Done(
      int status,
      InjectAsked asked,
      JsonArray results,
      List<JsonCall> calls,
      Reading reading,
      List<String> errors) {}

  @Override
  public Future<Answer> answer(Asked asked) {
    if (!asked.acts()) {
      return Future.succeededFuture(page(done(200, InjectAsked.NOTHING, List.of())));
    }
    if (!asked.uploads().isEmpty()) {
      return capture(asked.uploads().get(0), asked.params());
    }
    InjectAsked form = InjectAsked.read(asked.params());
    if (!asked.params().finish().isEmpty()) {
      return Future.succeededFuture(page(done(400, form, asked.params().errors())));
    }
    return service
        .messages(form.request())
        .compose(answer -> found(form, answer.getJsonArray("results", new JsonArray())))
        .otherwise(cause -> failed(form, cause))
        .map(InjectPage::page);
  }

  private static Done done(int status, InjectAsked form, List<String> errors) {
    return new Done(status, form, new JsonArray(), List.of(), Reading.NOTHING, List.copyOf(errors));
  }

  private Future<Answer> capture(Upload upload, Params params) {
    String times = params.first("times").isEmpty() ? "auto" : params.first("times");
    if (!TIMES.containsKey(times)) {
      params.error("times", times, "is not one of " + String.join(", ", TIMES.keySet()));
    }
    if (upload.bytes() == 0) {
      params.error("parameter capture: the file is empty");
    }
    if (!params.finish().isEmpty()) {
      return Future.succeededFuture(page(done(400, InjectAsked.NOTHING, params.errors())));
    }
    return service
        .capture(upload, times)
        .map(
            answer ->
                new Done(
                    200,
                    InjectAsked.NOTHING,
                    new JsonArray(),
                    List.of(),
                    Reading.of(answer),
                    List.of()))
        .otherwise(cause -> failed(InjectAsked.NOTHING, cause))
        .map(InjectPage::page);
  }

  private static Done failed(InjectAsked form, Throwable cause) {
    ReplyFailure failure =
        cause instanceof ReplyException reply ? reply.failureType() : ReplyFailure.ERROR;
    return switch (failure) {
      case TIMEOUT -> done(504, form, List.of("ERROR: the inject service did not answer"));
      case NO_HANDLERS ->
          done(
              503,
              form,
              List.of("ERROR: nobody takes messages; start a process that tracks calls"));
      case RECIPIENT_FAILURE -> done(status(cause), form, List.of("ERROR: " + cause.getMessage()));
      default -> done(503, form, List.of("ERROR: " + cause.getMessage()));
    };
  }

  /** What the service says is the request's fault, but for a full disk. */
  private static int status(Throwable cause) {
    return cause instanceof ReplyException reply && reply.failureCode() == NO_ROOM ? NO_ROOM : 400;
  }

  /** The calls of the messages that were tracked. */
  private Future<Done> found(InjectAsked form, JsonArray results) {
    Set<String> callIds = new LinkedHashSet<>();
    for (Object one : results) {
      JsonObject result = (JsonObject) one;
      if (result.getBoolean("parsed", false) && callIds.size() < MOST_CALL_IDS) {
        callIds.add(result.getString("callId", ""));
      }
    }
    callIds.remove("");
    List<Future<MergedList.Merged>> lists = callIds.stream().map(this::calls).toList();
    return Future.all(lists)
        .map(
            all -> {
              List<JsonCall> found = new ArrayList<>();
              lists.forEach(
                  list -> list.result().entries().forEach(e -> found.add(new JsonCall(e))));
              return new Done(200, form, results, found, Reading.NOTHING, List.of());
            });
  }

  private Future<MergedList.Merged> calls(String callId) {
    JsonObject filter =
        new JsonObject().put("field", "cid").put("value", callId).put("regex", false);
    JsonObject query = new JsonObject().put("query", "calls").put("filters", JsonArray.of(filter));
    return calls.page(new MergedList.Wanted(query, "calls", 0, MOST_CALLS, "", false));
  }

  private static Answer page(Done done) {
    return new Answer(
        done.status, "Inject", "inject", model(done), () -> text(done), () -> json(done));
  }

  private static Model model(Done done) {
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < done.results.size(); i++) {
      JsonObject result = done.results.getJsonObject(i);
      String callId = result.getString("callId", "");
      results.add(
          new Result(
              i,
              result.getBoolean("parsed", false),
              Shown.plain(outcome(result)),
              Shown.brief(callId),
              Links.call(callId),
              Shown.lines(message(done, i))));
    }
    List<String> lines = new ArrayList<>();
    for (JsonCall call : done.calls) {
      lines.add(call.line(lines.size()).stripTrailing());
    }
    return new Model(
        inputs(done.asked),
        results,
        done.asked.ends(),
        lines,
        Shown.brief(done.reading.source()),
        done.reading.times(),
        timesInput(),
        done.errors);
  }

  private static Input timesInput() {
    List<String[]> times = new ArrayList<>();
    TIMES.forEach((name, label) -> times.add(new String[] {name, label}));
    return Input.select("times", "When its packets happen", "auto", "", times);
  }

  private static String message(Done done, int number) {
    return number < done.asked.messages().size()
        ? new String(done.asked.messages().get(number), StandardCharsets.UTF_8)
        : "";
  }

  private static String outcome(JsonObject result) {
    return result.getBoolean("parsed", false)
        ? "parsed, " + result.getValue("parsedBytes") + " of " + result.getValue("bytes") + " bytes"
        : "parse error: "
            + result.getString("error", "")
            + " after "
            + result.getValue("parsedBytes")
            + " of "
            + result.getValue("bytes")
            + " bytes";
  }

  private static List<Input> inputs(InjectAsked form) {
    List<String[]> formats = new ArrayList<>();
    for (InjectFormat format : InjectFormat.offered()) {
      formats.add(new String[] {format.parameter(), format.label()});
    }
    List<String[]> protocols =
        InjectAsked.PROTOCOLS.stream().map(name -> new String[] {name, name}).toList();
    return List.of(
        Input.area(
            "sipmsg",
            "Messages",
            form.text(),
            "one or several, one behind the other; a missing last empty line is added"),
        Input.select("crlfformat", "Line ends", form.format(), "", formats),
        Input.select("proto", "Protocol", form.protocol(), "", protocols),
        Input.text("src", "Source address", form.source(), ""),
        Input.number("sport", "Source port", form.sourcePort(), ""),
        Input.text("dst", "Destination address", form.destination(), ""),
        Input.number("dport", "Destination port", form.destinationPort(), ""),
        Input.check("verbose", "Tell what the parser made of it", form.verbose()));
  }

  private static String text(Done done) {
    StringBuilder text = new StringBuilder();
    done.errors.forEach(error -> text.append(Shown.plain(error)).append('\n'));
    if (!done.reading.source().isEmpty()) {
      text.append("the capture is being read as source ");
      text.append(Shown.plain(done.reading.source())).append("; see its progress on /\n");
      text.append(done.reading.times()).append('\n');
    }
    for (int i = 0; i < done.results.size(); i++) {
      JsonObject result = done.results.getJsonObject(i);
      text.append("message ").append(i).append(": ").append(done.asked.ends());
      text.append(' ').append(Shown.plain(outcome(result))).append('\n');
      if (done.asked.verbose()) {
        byte[] bytes = done.asked.messages().get(i);
        int parsed = Math.min(result.getInteger("parsedBytes", 0), bytes.length);
        text.append("\tparsed: ").append(quoted(bytes, 0, parsed)).append('\n');
        text.append("\trest: ").append(quoted(bytes, parsed, bytes.length)).append('\n');
      } else {
        text.append('\t').append(Shown.quoted(message(done, i))).append('\n');
      }
    }
    int number = 0;
    for (JsonCall call : done.calls) {
      text.append(call.line(number++));
    }
    if (text.isEmpty()) {
      text.append("POST sipmsg and crlfformat (");
      text.append(
          String.join(", ", InjectFormat.offered().stream().map(InjectFormat::parameter).toList()));
      text.append("), and if wanted proto, src, sport, dst, dport, verbose;\n");
      text.append("or a capture as the file capture of a multipart form, with times (");
      text.append(String.join(", ", TIMES.keySet())).append(") if wanted\n");
    }
    return text.toString();
  }

  private static String quoted(byte[] bytes, int from, int end) {
    return Shown.quoted(new String(bytes, from, end - from, StandardCharsets.UTF_8));
  }

  private static JsonObject json(Done done) {
    JsonArray list = new JsonArray();
    done.calls.forEach(call -> list.add(call.json()));
    JsonObject json = new JsonObject().put("results", done.results).put("calls", list);
    done.reading.put(json);
    return done.errors.isEmpty() ? json : json.put("errors", new JsonArray(done.errors));
  }
}
