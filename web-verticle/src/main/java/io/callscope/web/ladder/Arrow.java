package io.callscope.web.ladder;

/**
 * A message in the diagram.
 *
 * @param number from 1, in order of time
 * @param sinceStartNanos time since the first message
 * @param gapNanos time since the message before, 0 for the first
 * @param from column of its source
 * @param to column of its destination
 * @param label method, or status with reason and the method it answers
 * @param callId index of its Call-ID among those of the diagram, -1 if it has none
 * @param fork which of the callees that answered the same INVITE, from 1; 0 where there is but one
 * @param repetition how often the same message went the same way before, 0 for the first time
 * @param twin it repeats one so soon that no timer of SIP can have sent it again: it was captured
 *     twice
 * @param sdp what its session description says, empty without one
 */
public record Arrow(
    int number,
    LadderMessage message,
    long sinceStartNanos,
    long gapNanos,
    int from,
    int to,
    Kind kind,
    String label,
    int callId,
    int fork,
    int repetition,
    boolean twin,
    String sdp) {

  /** What a message is, with the name of its style. */
  public enum Kind {
    REQUEST("request"),
    PROVISIONAL("provisional"),
    SUCCESS("success"),
    REDIRECTION("redirection"),
    FAILURE("failure"),
    UNREADABLE("unreadable");

    private final String style;

    Kind(String style) {
      this.style = style;
    }

    public String style() {
      return style;
    }

    static Kind ofStatus(int status) {
      return switch (status / 100) {
        case 0 -> REQUEST;
        case 1 -> PROVISIONAL;
        case 2 -> SUCCESS;
        case 3 -> REDIRECTION;
        default -> FAILURE;
      };
    }
  }
}
