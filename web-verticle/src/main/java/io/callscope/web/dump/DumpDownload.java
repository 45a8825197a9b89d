package io.callscope.web.dump;

import io.callscope.web.gather.TrackerQueries.Gathered;
import io.callscope.web.http.Answer;
import io.callscope.web.http.Asked;
import io.callscope.web.http.Exchange;
import io.callscope.web.http.Responder;
import io.callscope.web.view.PercentCoded;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * {@code /pcapdump/file/<Call-ID>}: the file of a call, as long as it was when it was asked for; in
 * pieces, so that no more than one of them is in memory.
 */
public final class DumpDownload implements Exchange {
  public static final String PATH = "/pcapdump/file/";

  private final DumpQueries queries;
  private final Responder responder;

  public DumpDownload(DumpQueries queries, Responder responder) {
    this.queries = queries;
    this.responder = responder;
  }

  @Override
  public void handle(RoutingContext context, Asked asked) {
    String callId = PercentCoded.decode(asked.rest());
    if (callId == null) {
      refuse(context, asked, 400, "the Call-ID in the path is not percent-encoded UTF-8");
      return;
    }
    queries
        .read(callId, 0)
        .compose(first -> begin(context, asked, callId, first))
        .onFailure(cause -> failed(context, cause));
  }

  /** The client has gone, or the file has: either way it gets no whole file. */
  private static void failed(RoutingContext context, Throwable cause) {
    if (context.response().headWritten()) {
      context.response().reset();
    } else {
      context.fail(cause);
    }
  }

  private Future<Void> begin(RoutingContext context, Asked asked, String callId, Gathered first) {
    if (first.parts().isEmpty()) {
      return refuse(context, asked, first.status(), first.silent().get(0).text());
    }
    JsonObject file = first.parts().get(0).body();
    if (!file.getBoolean("exists", false)) {
      return refuse(context, asked, 404, "there is no file of this call");
    }
    HttpServerResponse response = context.response();
    if (response.closed() || response.ended()) {
      return Future.succeededFuture();
    }
    String path = file.getString("file", "");
    long bytes = file.getLong("bytes", 0L);
    Responder.headers(response)
        .putHeader(HttpHeaders.CONTENT_TYPE, type(path))
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(bytes))
        .putHeader(
            HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + fileName(path) + "\"");
    return context.request().method().equals(HttpMethod.HEAD)
        ? response.end()
        : send(response, callId, file, 0, bytes);
  }

  private Future<Void> send(
      HttpServerResponse response, String callId, JsonObject piece, long offset, long bytes) {
    byte[] all = Base64.getDecoder().decode(piece.getString("base64", ""));
    int length = (int) Math.min(all.length, bytes - offset);
    long next = offset + length;
    if (next == bytes) {
      return response.end(Buffer.buffer(all).slice(0, length));
    }
    if (length == 0) {
      return Future.failedFuture("the file has become shorter");
    }
    return response
        .write(Buffer.buffer(all).slice(0, length))
        .compose(written -> queries.read(callId, next))
        .compose(
            gathered ->
                gathered.parts().isEmpty()
                    ? Future.failedFuture(gathered.silent().get(0).text())
                    : send(response, callId, gathered.parts().get(0).body(), next, bytes));
  }

  private static String type(String path) {
    return path.toLowerCase(Locale.ROOT).endsWith(".pcapng")
        ? "application/x-pcapng"
        : "application/vnd.tcpdump.pcap";
  }

  /** The name without its directory; what a header cannot carry as it is becomes {@code _}. */
  private static String fileName(String path) {
    return path.substring(path.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9._@%~$&+:=-]", "_");
  }

  private Future<Void> refuse(RoutingContext context, Asked asked, int status, String why) {
    responder.send(
        context, asked.form(), Answer.notice(status, "No file", List.of("ERROR: " + why)));
    return Future.succeededFuture();
  }
}
