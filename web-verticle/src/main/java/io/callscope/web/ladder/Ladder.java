package io.callscope.web.ladder;

import io.callscope.sip.SipMethod;
import io.callscope.sip.SipParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A call as a diagram: participants as columns, messages as arrows between them in order of time.
 * Several Call-IDs may share it, as the two sides of a session border controller do.
 *
 * @param callIds those that messages have, in order of appearance
 */
public record Ladder(List<Participant> participants, List<Arrow> arrows, List<String> callIds) {
  private static final int MOST_LABEL = 200;

  /** A column. */
  public record Participant(String ip, List<Integer> ports) {}

  /**
   * Draws messages.
   *
   * @param portsApart each address with port has a column of its own
   */
  public static Ladder of(List<LadderMessage> messages, boolean portsApart) {
    List<LadderMessage> sorted = new ArrayList<>(messages);
    sorted.sort(Comparator.comparingLong(LadderMessage::timeNanos));
    return new Drawing(sorted, portsApart).draw();
  }

  private static final class Drawing {
    private final List<LadderMessage> messages;
    private final List<SipView> views = new ArrayList<>();
    private final Participants participants;
    private final Forks forks = new Forks();
    private final Repetitions repetitions = new Repetitions();
    private final OfferAnswer offers = new OfferAnswer();
    private final Map<String, Integer> callIds = new LinkedHashMap<>();

    Drawing(List<LadderMessage> messages, boolean portsApart) {
      this.messages = messages;
      participants = new Participants(messages, portsApart);
      SipParser parser = new SipParser();
      for (LadderMessage message : messages) {
        SipView view = SipView.of(parser, message.bytes());
        views.add(view);
        if (view != null) {
          forks.see(view);
        }
      }
    }

    Ladder draw() {
      List<Arrow> arrows = new ArrayList<>();
      for (int i = 0; i < messages.size(); i++) {
        arrows.add(arrow(i));
      }
      return new Ladder(participants.list(), arrows, List.copyOf(callIds.keySet()));
    }

    private Arrow arrow(int i) {
      LadderMessage message = messages.get(i);
      SipView view = views.get(i);
      int from = participants.column(message.source());
      int to = participants.column(message.destination());
      long since = message.timeNanos() - messages.get(0).timeNanos();
      long gap = i == 0 ? 0 : message.timeNanos() - messages.get(i - 1).timeNanos();
      if (view == null) {
        String line = firstLine(message);
        return new Arrow(
            i + 1, message, since, gap, from, to, Arrow.Kind.UNREADABLE, line, -1, 0, 0, false, "");
      }
      String gist = Sdp.gist(view.body());
      Repetitions.Repetition repetition = repetitions.of(message, view);
      return new Arrow(
          i + 1,
          message,
          since,
          gap,
          from,
          to,
          Arrow.Kind.ofStatus(view.status()),
          label(view),
          callId(view),
          forks.of(view),
          repetition.count(),
          repetition.twin(),
          gist.isEmpty() ? "" : offers.role(view) + ": " + gist);
    }

    private int callId(SipView view) {
      if (view.callId().isEmpty()) {
        return -1;
      }
      callIds.putIfAbsent(view.callId(), callIds.size());
      return callIds.get(view.callId());
    }
  }

  private static String label(SipView view) {
    if (!view.isReply()) {
      boolean again = view.is(SipMethod.INVITE) && !view.toTag().isEmpty();
      return cut(again ? "re-INVITE" : view.method());
    }
    String answered = view.isInvite() ? "" : " (" + view.method() + ")";
    return cut((view.status() + " " + view.reason()).strip() + answered);
  }

  private static String firstLine(LadderMessage message) {
    byte[] bytes = message.bytes();
    String start = new String(bytes, 0, Math.min(bytes.length, 80), StandardCharsets.UTF_8);
    return start.lines().findFirst().orElse("");
  }

  private static String cut(String text) {
    return text.length() > MOST_LABEL ? text.substring(0, MOST_LABEL) + "…" : text;
  }
}
