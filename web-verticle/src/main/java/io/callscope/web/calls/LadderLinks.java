package io.callscope.web.calls;

import io.callscope.web.ladder.Ladder;
import io.callscope.web.ladder.LadderView;
import io.callscope.web.ladder.Window;
import io.callscope.web.view.Links;
import java.util.List;

/**
 * A call's diagram with the links around it; empty ones where there is nothing to link to.
 *
 * @param together the same with the Call-IDs that the trackers link with this one
 * @param apart the same with a column for each port, or without
 * @param file what the files to download begin with, up to their endings
 * @param query of the files
 */
record LadderLinks(
    LadderView view,
    String together,
    boolean portsApart,
    String apart,
    String first,
    String last,
    String all,
    String file,
    String query) {
  private static final int SOME = 500;

  static LadderLinks of(CallFound found, LadderAsked asked) {
    Ladder ladder = Ladder.of(found.messages().seen(), asked.portsApart());
    String path = Links.call(found.callId());
    List<String> linked =
        found.calls().stream().flatMap(call -> call.linked().stream()).distinct().toList();
    boolean hasMore = !asked.callIds().containsAll(linked);
    String here = path.startsWith("/calls/list") ? "" : path;
    boolean many = ladder.arrows().size() > Window.BOTH_ENDS.first() + Window.BOTH_ENDS.last();
    return new LadderLinks(
        LadderView.of(ladder, asked.window()),
        hasMore ? here + asked.query(asked.window(), asked.portsApart(), linked) : "",
        asked.portsApart(),
        here + asked.query(asked.window(), !asked.portsApart(), List.of()),
        many ? link(here, asked, new Window(SOME, 0)) : "",
        many ? link(here, asked, new Window(0, SOME)) : "",
        many ? link(here, asked, new Window(Window.MOST, 0)) : "",
        here,
        asked.query(Window.BOTH_ENDS, false, List.of()));
  }

  private static String link(String here, LadderAsked asked, Window window) {
    return here + asked.query(window, asked.portsApart(), List.of());
  }
}
