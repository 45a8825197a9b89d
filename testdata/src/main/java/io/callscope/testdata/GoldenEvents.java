package io.callscope.testdata;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/**
 * Writes the events that dialogs must give, a line each: type, Call-ID, status and whole seconds of
 * talk, or {@code -}, with tabs between.
 */
final class GoldenEvents implements Consumer<DialogTruth> {
  private final Appendable out;

  GoldenEvents(Appendable out) {
    this.out = out;
  }

  @Override
  public void accept(DialogTruth dialog) {
    try {
      for (ExpectedEvent event : dialog.events()) {
        out.append(event.type().text()).append('\t').append(dialog.callId()).append('\t');
        out.append(Integer.toString(event.status())).append('\t');
        out.append(duration(dialog, event)).append('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // back to the caller of the generator
    }
  }

  private static String duration(DialogTruth dialog, ExpectedEvent event) {
    return switch (event.type()) {
      case CALL_END -> dialog.talkSeconds() < 0 ? "-" : Long.toString(dialog.talkSeconds());
      default -> "-";
    };
  }
}
