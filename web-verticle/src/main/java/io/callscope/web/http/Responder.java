package io.callscope.web.http;

import io.callscope.web.view.Shown;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends answers in the form asked for, with the headers every answer carries. */
public final class Responder {
  private static final Logger log = LoggerFactory.getLogger(Responder.class);
  private static final String POLICY =
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
          + "img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  /** More requests at a time are turned away. */
  private static final int MOST_AT_WORK = 64;

  private final Frames frames;
  private final WorkerExecutor workers;
  private final Templates templates;
  private final Assets assets;
  private final Places places = new Places(MOST_AT_WORK);

  public Responder(Frames frames, WorkerExecutor workers, Templates templates, Assets assets) {
    this.frames = frames;
    this.workers = workers;
    this.templates = templates;
    this.assets = assets;
  }

  Assets assets() {
    return assets;
  }

  static Answer notFound(String path) {
    return Answer.notice(404, "Not found", List.of("ERROR: there is no page " + Shown.brief(path)));
  }

  /**
   * Lets a page answer, unless too many are at it already.
   *
   * @param own the places of that page, or null
   */
  void answer(RoutingContext context, Form form, Places own, Supplier<Future<Answer>> page) {
    if (!places.take()) {
      busy(context, form);
      return;
    }
    if (own != null && !own.take()) {
      places.giveBack();
      busy(context, form);
      return;
    }
    // Inside, since a page may throw instead of failing: the place is given back all the same.
    Future.succeededFuture()
        .compose(begun -> page.get())
        .compose(answer -> render(context, form, answer).map(body -> new Made(answer, body)))
        // Not when it is sent: who reads slowly must not keep the place of others.
        .onComplete(
            done -> {
              places.giveBack();
              if (own != null) {
                own.giveBack();
              }
            })
        .compose(made -> end(context, form, made.answer, made.body))
        .onFailure(context::fail);
  }

  /** Turns a request away for now. */
  public void busy(RoutingContext context, Form form) {
    context.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
    send(context, form, Answer.notice(503, "Busy", List.of("ERROR: too many requests at a time")));
  }

  public void send(RoutingContext context, Form form, Answer answer) {
    render(context, form, answer)
        .compose(body -> end(context, form, answer, body))
        .onFailure(context::fail);
  }

  private record Made(Answer answer, Buffer body) {}

  private Future<Buffer> render(RoutingContext context, Form form, Answer answer) {
    Templates.Frame frame = form == Form.HTML ? frames.of(context, answer.title()) : null;
    return workers.executeBlocking(() -> body(form, answer, frame), false);
  }

  private static Future<Void> end(RoutingContext context, Form form, Answer answer, Buffer body) {
    HttpServerResponse response = context.response();
    if (response.closed() || response.ended()) {
      return Future.succeededFuture();
    }
    headers(response).putHeader(HttpHeaders.CONTENT_TYPE, form.contentType());
    response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    response.putHeader(HttpHeaders.VARY, "accept");
    response.setStatusCode(answer.status());
    // A client that went away is not our failure.
    return end(context, body).otherwiseEmpty();
  }

  private Buffer body(Form form, Answer answer, Templates.Frame frame) throws IOException {
    return switch (form) {
      case HTML -> Buffer.buffer(templates.render(answer.template(), frame, answer.model()));
      case TEXT -> Buffer.buffer(answer.text().get());
      case JSON -> answer.json().get().toBuffer().appendString("\n");
    };
  }

  void send(RoutingContext context, Assets.Asset asset) {
    headers(context.response())
        .putHeader(HttpHeaders.CONTENT_TYPE, asset.contentType())
        .putHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable");
    end(context, asset.content());
  }

  /** Over HTTP/2 the server itself would send a body after HEAD too. */
  public static Future<Void> end(RoutingContext context, Buffer body) {
    HttpServerResponse response = context.response();
    if (context.request().method().equals(HttpMethod.HEAD)) {
      return response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length())).end();
    }
    return response.end(body);
  }

  /** The headers of every answer. */
  public static HttpServerResponse headers(HttpServerResponse response) {
    return response
        .putHeader("content-security-policy", POLICY)
        .putHeader("x-content-type-options", "nosniff")
        // With no-referrer browsers hide their Origin even from us.
        .putHeader("referrer-policy", "same-origin")
        .putHeader("cross-origin-resource-policy", "same-origin")
        .putHeader("cross-origin-opener-policy", "same-origin");
  }

  /** What no page answered: a request that is refused, too large or broken, or a fault of ours. */
  public void failed(RoutingContext context) {
    int status = context.statusCode() < 400 ? 500 : context.statusCode();
    if (status >= 500 && !(context.failure() instanceof Refused)) {
      log.error("{} failed", context.request().method(), context.failure());
    }
    if (context.response().ended() || context.response().headWritten()) {
      return;
    }
    String text = reason(context.failure(), status);
    Form form = Form.accepted(context.request().getHeader(HttpHeaders.ACCEPT));
    Answer answer = Answer.notice(status, "Error " + status, List.of("ERROR: " + text));
    headers(context.response())
        .setStatusCode(status)
        .putHeader(
            HttpHeaders.CONTENT_TYPE, (form == Form.JSON ? Form.JSON : Form.TEXT).contentType())
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(form == Form.JSON ? answer.json().get().encode() : answer.text().get());
  }

  private static String reason(Throwable failure, int status) {
    if (failure instanceof Refused refused) {
      return refused.getMessage();
    }
    return switch (status) {
      case 413 -> "the body is too large";
      case 400 -> "bad request";
      default -> status >= 500 ? "this page failed" : "status " + status;
    };
  }
}
