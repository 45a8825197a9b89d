package io.callscope.web.gather;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** Asks for the settings in effect of a service. */
public final class Current {
  private final Questions questions;

  public Current(Questions questions) {
    this.questions = questions;
  }

  /** Nobody told what holds now; the message says who is silent. */
  public static final class Unknown extends Exception {
    private static final long serialVersionUID = 1;
    private final int status;

    Unknown(int status, String message) {
      super(message, null, false, false);
      this.status = status;
    }

    /** 503, or 504 if an answer was too late. */
    public int status() {
      return status;
    }
  }

  /** The settings of the first instance that answers; all have the same. Fails as unknown. */
  public Future<JsonObject> settings() {
    return ask("settings");
  }

  /** The same for a query of another name. */
  public Future<JsonObject> ask(String query) {
    return questions
        .ask(new JsonObject().put("query", query))
        .compose(
            gathered ->
                gathered.parts().isEmpty()
                    ? Future.failedFuture(
                        new Unknown(gathered.status(), gathered.silent().get(0).text()))
                    : Future.succeededFuture(gathered.parts().get(0).body()));
  }
}
