package io.callscope.web.calls;

import io.callscope.pcap.CaptureFormat;
import io.callscope.web.http.Answer;
import io.callscope.web.http.Asked;
import io.callscope.web.http.Exchange;
import io.callscope.web.http.Places;
import io.callscope.web.http.Responder;
import io.callscope.web.view.PercentCoded;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/**
 * The messages of a call as a file: {@code /calls/<Call-ID>.pcap}, {@code .pcapng}, {@code .txt}.
 */
public final class CallDownload implements Exchange {
  /** What the file is. */
  public enum Kind {
    PCAP(".pcap", "application/vnd.tcpdump.pcap"),
    PCAPNG(".pcapng", "application/x-pcapng"),
    TEXT(".txt", "text/plain; charset=utf-8");

    private final String ending;
    private final String contentType;

    Kind(String ending, String contentType) {
      this.ending = ending;
      this.contentType = contentType;
    }

    public String ending() {
      return ending;
    }
  }

  /** Each may have megabytes of messages in hand. */
  private static final int MOST_AT_WORK = 4;

  private record Body(Buffer bytes, int omitted) {}

  /**
   * @param body null where there are no messages
   */
  private record File(CallMessages messages, Body body) {}

  private final CallQueries queries;
  private final Kind kind;
  private final WorkerExecutor workers;
  private final Responder responder;
  private final Places places = new Places(MOST_AT_WORK);

  public CallDownload(CallQueries queries, Kind kind, WorkerExecutor workers, Responder responder) {
    this.queries = queries;
    this.kind = kind;
    this.workers = workers;
    this.responder = responder;
  }

  @Override
  public void handle(RoutingContext context, Asked asked) {
    String callId = PercentCoded.decode(asked.rest());
    if (callId == null) {
      refuse(context, asked, 400, "the Call-ID in the path is not percent-encoded UTF-8");
      return;
    }
    LadderAsked wanted = LadderAsked.read(callId, asked.params());
    if (!asked.params().finish().isEmpty()) {
      responder.send(context, asked.form(), Answer.badRequest(asked.params().errors()));
      return;
    }
    if (!places.take()) {
      responder.busy(context, asked.form());
      return;
    }
    queries
        .messages(wanted.callIds())
        .compose(messages -> workers.executeBlocking(() -> file(messages), false))
        .onComplete(made -> places.giveBack())
        .onFailure(context::fail)
        .onSuccess(
            file -> {
              if (file.messages.isEmpty()) {
                refuse(context, asked, 404, file.messages.note());
              } else {
                send(context, callId, file.messages, file.body);
              }
            });
  }

  private File file(CallMessages messages) {
    return new File(messages, messages.isEmpty() ? null : body(messages));
  }

  private void refuse(RoutingContext context, Asked asked, int status, String why) {
    responder.send(
        context, asked.form(), Answer.notice(status, "No messages", List.of("ERROR: " + why)));
  }

  private Body body(CallMessages messages) {
    if (kind == Kind.TEXT) {
      StringBuilder text = new StringBuilder();
      messages.append(text);
      return new Body(Buffer.buffer(text.toString()), 0);
    }
    CaptureFormat format = kind == Kind.PCAP ? CaptureFormat.PCAP_NANOS : CaptureFormat.PCAPNG;
    CaptureFile file = CaptureFile.of(messages.seen(), format);
    return new Body(Buffer.buffer().appendBytes(file.bytes(), 0, file.length()), file.omitted());
  }

  private void send(RoutingContext context, String callId, CallMessages messages, Body body) {
    HttpServerResponse response = context.response();
    if (response.closed() || response.ended()) {
      return;
    }
    Responder.headers(response)
        .putHeader(HttpHeaders.CONTENT_TYPE, kind.contentType)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .putHeader(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"" + fileName(callId) + kind.ending + "\"")
        .putHeader("callscope-complete", Boolean.toString(messages.complete()))
        .putHeader("callscope-omitted", Integer.toString(body.omitted));
    Responder.end(context, body.bytes).otherwiseEmpty();
  }

  private static String fileName(String callId) {
    String plain = callId.replaceAll("[^A-Za-z0-9._@-]", "_");
    return plain.length() <= 100 ? plain : plain.substring(0, 100);
  }
}
