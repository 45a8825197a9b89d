package io.callscope.web.dump;

import io.callscope.web.view.Links;
import io.callscope.web.view.Shown;
import io.callscope.web.view.Times;
import io.vertx.core.json.JsonObject;

/**
 * The file of a call as the dump tells of it.
 *
 * @param json empty if there is none
 */
public record DumpedCall(String callId, JsonObject json) {
  private static final int MOST_LINK = 3000;

  /** Whether there is a file to show. */
  public boolean exists() {
    return json.getBoolean("exists", false);
  }

  /** Its name below the directory of all, for people. */
  public String file() {
    return Shown.brief(json.getString("file", ""));
  }

  /** Where it can be had, empty if a link cannot carry the Call-ID. */
  public String href() {
    String coded = Links.encoded(callId);
    boolean carried = !callId.equals(".") && !callId.equals("..") && coded.length() <= MOST_LINK;
    return carried ? DumpDownload.PATH + coded : "";
  }

  /** Its size and when it was last written to. */
  public String about() {
    return json.getLong("bytes", 0L)
        + " bytes, last written "
        + Times.moment(Times.read(json.getString("modified", "")));
  }

  /** Its line in the plain form, empty if there is no file. */
  public String line() {
    return exists()
        ? "dump: " + Shown.quoted(json.getString("file", "")) + " " + about() + "\n"
        : "";
  }
}
