package io.callscope.web.http;

import java.util.List;

/**
 * A request as a page sees it.
 *
 * @param rest the undecoded part of the path that is a value, empty for most
 * @param acts whether what the parameters say is to be done; false for all but actions
 * @param uploads files of the form
 */
public record Asked(Params params, Form form, String rest, boolean acts, List<Upload> uploads) {
  public Asked {
    uploads = List.copyOf(uploads);
  }
}
