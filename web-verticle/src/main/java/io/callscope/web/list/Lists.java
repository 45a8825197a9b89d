package io.callscope.web.list;

import io.callscope.web.http.Answer;
import java.util.List;

/** What the pages that gather have in common. */
public final class Lists {
  private Lists() {}

  /** 400 on the page of a list, so that its form is there to correct. */
  public static Answer wrong(String title, String template, Object model, List<String> errors) {
    Answer plain = Answer.badRequest(errors);
    return new Answer(400, title, template, model, plain.text(), plain.json());
  }
}
