package io.callscope.web.ladder;

import io.callscope.net.Ends;
import io.callscope.web.view.Shown;
import io.callscope.web.view.Times;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A ladder with its measures, as the template draws it. All lengths are in pixels; each message has
 * a row of the same height.
 *
 * @param omitted messages that are not drawn
 * @param legs the Call-IDs, with their letters, if there are several
 */
public record LadderView(
    int width,
    int height,
    int headHeight,
    List<Column> columns,
    List<Row> rows,
    List<Leg> legs,
    int total,
    int omitted) {
  private static final int GUTTER = 132;

  /** Width of a column by the number of columns; more are narrower still. */
  private static final int[] COLUMNS = {420, 420, 420, 330, 270, 236, 216, 196};

  private static final int NARROW_COLUMN = 168;
  private static final int ROW = 46;
  private static final int HEAD = 46;
  private static final int LOOP = 46;
  private static final int HEAD_SIZE = 6;
  private static final double LABEL_CHARACTER = 7.2;
  private static final double NOTE_CHARACTER = 5.7;

  /** A participant. */
  public record Column(int x, String name, String ports, String title, boolean shade) {}

  /** A Call-ID with the letter that stands for it. */
  public record Leg(String letter, String callId, int index) {}

  /**
   * A message, or the place where some are left out.
   *
   * @param y of its arrow
   * @param path the arrow's line
   * @param tip the arrow's head
   * @param style classes of the row
   * @param marks what is out of the ordinary, in words
   * @param described all of it in one sentence
   * @param text the message
   */
  public record Row(
      int number,
      int omitted,
      int y,
      int top,
      String clock,
      String gap,
      String moment,
      int middle,
      int legX,
      String letter,
      String path,
      String tip,
      String style,
      String label,
      String note,
      String marks,
      String described,
      String ends,
      String text) {}

  /** Draws the messages of a window. */
  public static LadderView of(Ladder ladder, Window window) {
    return new Measures(ladder, window).view();
  }

  private static final class Measures {
    private final Ladder ladder;
    private final Window window;
    private final int column;
    private final List<Row> rows = new ArrayList<>();
    private int y;

    Measures(Ladder ladder, Window window) {
      this.ladder = ladder;
      this.window = window;
      int count = ladder.participants().size();
      column = count < COLUMNS.length ? COLUMNS[count] : NARROW_COLUMN;
    }

    LadderView view() {
      int all = ladder.arrows().size();
      boolean told = false;
      for (Arrow arrow : ladder.arrows()) {
        if (window.shows(arrow.number() - 1, all)) {
          rows.add(row(arrow));
        } else if (!told) {
          rows.add(gap(window.omits(all)));
          told = true;
        } else {
          continue;
        }
        y += ROW;
      }
      List<Column> columns = new ArrayList<>();
      for (int i = 0; i < ladder.participants().size(); i++) {
        columns.add(column(i, ladder.participants().get(i)));
      }
      int width = GUTTER + columns.size() * column;
      return new LadderView(
          width, y + ROW / 2, HEAD, columns, rows, legs(), all, window.omits(all));
    }

    private int x(int index) {
      return GUTTER + index * column + column / 2;
    }

    private Column column(int index, Ladder.Participant participant) {
      String ports = String.join(", ", participant.ports().stream().map(String::valueOf).toList());
      boolean one = participant.ports().size() == 1;
      String shown =
          participant.ports().size() > 3 ? participant.ports().size() + " ports" : "port " + ports;
      String ip = Shown.plain(participant.ip());
      return new Column(
          x(index), ip, shown, ip + (one ? " port " : " ports ") + ports, index % 2 == 1);
    }

    private List<Leg> legs() {
      List<Leg> legs = new ArrayList<>();
      if (ladder.callIds().size() > 1) {
        for (int i = 0; i < ladder.callIds().size(); i++) {
          legs.add(new Leg(letter(i), Shown.brief(ladder.callIds().get(i)), i % 6));
        }
      }
      return legs;
    }

    private String letter(int callId) {
      return callId < 0 || ladder.callIds().size() < 2
          ? ""
          : callId < 26 ? String.valueOf((char) ('A' + callId)) : Integer.toString(callId + 1);
    }

    private Row gap(int omitted) {
      return new Row(
          0,
          omitted,
          y + ROW / 2 + 4,
          y,
          "",
          "",
          "",
          GUTTER,
          0,
          "",
          "",
          "",
          "omitted",
          "",
          "",
          "",
          "",
          "",
          "");
    }

    private Row row(Arrow arrow) {
      LadderMessage message = arrow.message();
      int from = x(arrow.from());
      int to = x(arrow.to());
      int line = y + ROW / 2 + 4;
      boolean loop = arrow.from() == arrow.to();
      int span = loop ? column : Math.abs(to - from);
      String marks = marks(arrow);
      String ends =
          Ends.of(Shown.plain(message.source().ip()), message.source().port())
              + " → "
              + Ends.of(Shown.plain(message.destination().ip()), message.destination().port());
      String label = Shown.plain(arrow.label());
      String note = join(marks, Shown.plain(arrow.sdp()));
      String clock = Times.moment(message.timeNanos());
      return new Row(
          arrow.number(),
          0,
          line,
          y,
          clock.substring(Math.min(11, clock.length())),
          arrow.number() == 1 ? "" : "+" + Times.duration(arrow.gapNanos() / 1000 * 1000),
          clock,
          loop ? from + LOOP + 8 : (from + to) / 2,
          from,
          letter(arrow.callId()),
          loop ? loop(from, line) : "M" + from + " " + line + "H" + to,
          loop ? tip(from, line + 10, -1) : tip(to, line, to > from ? 1 : -1),
          style(arrow, loop),
          cut(label, (int) ((span - 24) / LABEL_CHARACTER)),
          cut(note, (int) ((span - 16) / NOTE_CHARACTER)),
          marks,
          described(arrow, label, ends, note),
          message.transport() + " " + ends,
          Shown.lines(new String(message.bytes(), StandardCharsets.UTF_8)));
    }

    private static String loop(int x, int y) {
      return "M" + x + " " + (y - 6) + "h" + LOOP + "v16h-" + LOOP;
    }

    private static String tip(int x, int y, int way) {
      int back = x - way * HEAD_SIZE * 3 / 2;
      return "M" + x + " " + y + "L" + back + " " + (y - HEAD_SIZE) + "v" + 2 * HEAD_SIZE + "z";
    }

    private static String style(Arrow arrow, boolean loop) {
      return arrow.kind().style()
          + (arrow.repetition() > 0 ? " again" : "")
          + (loop ? " loop" : "")
          + (arrow.callId() < 0 ? "" : " leg" + arrow.callId() % 6);
    }

    private String described(Arrow arrow, String label, String ends, String note) {
      String letter = letter(arrow.callId());
      return "Message "
          + arrow.number()
          + (letter.isEmpty() ? "" : " of " + letter)
          + " at "
          + Times.duration(arrow.sinceStartNanos() / 1000 * 1000)
          + ": "
          + label
          + ", "
          + ends
          + (note.isEmpty() ? "" : ", " + note);
    }
  }

  private static String marks(Arrow arrow) {
    String marks = "";
    if (arrow.kind() == Arrow.Kind.UNREADABLE) {
      marks = "⚠ cannot be parsed";
    } else if (arrow.kind() == Arrow.Kind.FAILURE) {
      marks = "✕ failure";
    }
    if (arrow.twin()) {
      marks = join(marks, "⧉ captured twice");
    } else if (arrow.repetition() > 0) {
      marks = join(marks, "↻ retransmission " + arrow.repetition());
    }
    return arrow.fork() > 0 ? join(marks, "fork " + arrow.fork()) : marks;
  }

  private static String join(String one, String other) {
    return one.isEmpty() ? other : other.isEmpty() ? one : one + " · " + other;
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, Math.max(1, most - 1)) + "…";
  }
}
