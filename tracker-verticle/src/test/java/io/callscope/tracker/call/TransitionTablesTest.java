package io.callscope.tracker.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.EventType;
import io.callscope.sip.SipMethod;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every state against every kind of message. A column holds {@code keep}; or a state, {@code F} if
 * its timeout is forced and {@code E} if it only extends, and the event it raises.
 */
class TransitionTablesTest {
  /** The states of the columns, in their order. */
  private static final List<CallState> STATES =
      List.of(
          CallState.INIT,
          CallState.INV_1ST,
          CallState.INV_EARLY_DLG,
          CallState.INV_NEG,
          CallState.INV_ESTABLISHED,
          CallState.INV_BYE_SEEN,
          CallState.INV_BYE_REPL,
          CallState.INV_CANCELED,
          CallState.NON_INV_1ST,
          CallState.NON_INV_NEG,
          CallState.NON_INV_FIN);

  private static String text(int step, CallState before) {
    CallState after = Step.state(step);
    EventType event = Step.event(step);
    if (after == before && !Step.forces(step) && event == EventType.EMPTY) {
      return "keep";
    }
    return after.configName()
        + (Step.forces(step) ? " F" : " E")
        + (event == EventType.EMPTY ? "" : " " + event.text());
  }

  private static List<String> expected(String columns) {
    return Arrays.stream(columns.split(",", -1)).map(String::strip).toList();
  }

  private static int method(String name) {
    for (int method = 0; method <= SipMethod.OTHER; method++) {
      if (SipMethod.name(method).equals(name)) {
        return method;
      }
    }
    throw new AssertionError(name);
  }

  @ParameterizedTest(name = "{0}, To tag {1}, in an entry of {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          PRACK     | any | INVITE | keep, keep, keep, keep, keep, keep, keep, keep, keep, keep, keep
          UPDATE    | any | INVITE | keep, keep, keep, keep, keep, keep, keep, keep, keep, keep, keep
          BYE       | any | INVITE | inv_bye_seen F call-end, inv_bye_seen F call-end, inv_bye_seen F call-end, inv_bye_seen F call-end, inv_bye_seen F call-end, keep, keep, keep, keep, keep, keep
          CANCEL    | any | INVITE | inv_canceled F, inv_canceled F, inv_canceled F, keep, keep, keep, keep, keep, keep, keep, keep
          INVITE    | yes | INVITE | inv_established F call-start, inv_established E call-start, inv_established E call-start, keep, keep, keep, keep, keep, keep, keep, keep
          INVITE    | no  | INVITE | inv_1st F, keep, keep, inv_1st F, keep, keep, keep, keep, keep, keep, keep
          ACK       | any | INVITE | init F, keep, keep, keep, keep, keep, keep, keep, keep, keep, keep
          NOTIFY    | yes | INVITE | non_inv_1st F, keep, keep, keep, keep, keep, keep, keep, keep, keep, keep
          NOTIFY    | no  | INVITE | non_inv_1st F, keep, keep, keep, keep, keep, keep, keep, keep, keep, keep
          NOTIFY    | no  | NOTIFY | non_inv_1st F, non_inv_1st F, non_inv_1st F, non_inv_1st F, non_inv_1st F, non_inv_1st F, non_inv_1st F, non_inv_1st F, non_inv_1st F, non_inv_1st F, non_inv_1st F
          REGISTER  | any | REGISTER | non_inv_1st F, keep, keep, keep, keep, keep, keep, keep, keep, non_inv_1st F, keep
          INFO      | yes | INVITE | non_inv_1st F, inv_established E call-start, inv_established E call-start, keep, keep, keep, keep, keep, keep, keep, keep
          OPTIONS   | no  | INVITE | non_inv_1st F, keep, keep, keep, keep, keep, keep, keep, keep, keep, keep
          MESSAGE   | no  | MESSAGE | non_inv_1st F, non_inv_1st F, non_inv_1st F, non_inv_1st F, non_inv_1st F, non_inv_1st F, non_inv_1st F, non_inv_1st F, non_inv_1st F, non_inv_1st F, non_inv_1st F
          OTHER     | yes | INVITE | non_inv_1st F, inv_established E call-start, inv_established E call-start, keep, keep, keep, keep, keep, keep, keep, keep
          OTHER     | no  | OTHER  | non_inv_1st F, non_inv_1st F, non_inv_1st F, non_inv_1st F, non_inv_1st F, non_inv_1st F, non_inv_1st F, non_inv_1st F, non_inv_1st F, non_inv_1st F, non_inv_1st F
          """)
  void requests(String name, String toTag, String entryMethod, String columns) {
    for (boolean hasToTag : toTags(toTag)) {
      assertThat(
              STATES.stream()
                  .map(
                      state ->
                          text(
                              RequestRules.step(state, method(name), hasToTag, method(entryMethod)),
                              state)))
          .containsExactlyElementsOf(expected(columns));
    }
  }

  private static boolean[] toTags(String which) {
    return switch (which) {
      case "yes" -> new boolean[] {true};
      case "no" -> new boolean[] {false};
      default -> new boolean[] {false, true};
    };
  }

  /** 2xx to REGISTER are not here: what they do hangs on their contacts. */
  @ParameterizedTest(name = "{0} to {1}, To tag {2}, in an entry of {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          180 200 487 699 | CANCEL  | any | INVITE  | inv_canceled F call-attempt, inv_canceled F call-attempt, inv_canceled F call-attempt, keep, keep, keep, keep, keep, keep, keep, keep
          100 200 401 481 | BYE     | any | INVITE  | inv_bye_repl F call-end, inv_bye_repl F call-end, inv_bye_repl F call-end, inv_bye_repl F call-end, inv_bye_repl F call-end, inv_bye_repl F call-end, keep, keep, keep, keep, keep
          0 99 100        | INVITE  | any | INVITE  | keep, keep, keep, keep, keep, keep, keep, keep, keep, keep, keep
          101 180 199     | INVITE  | yes | INVITE  | inv_early_dlg F, inv_early_dlg F, keep, keep, keep, keep, keep, keep, keep, keep, keep
          101 180 199     | INVITE  | no  | INVITE  | keep, keep, keep, keep, keep, keep, keep, keep, keep, keep, keep
          180             | MESSAGE | yes | MESSAGE | non_inv_1st F, keep, keep, keep, keep, keep, keep, keep, keep, keep, keep
          180             | INFO    | yes | INVITE  | non_inv_1st F, keep, keep, keep, keep, keep, keep, keep, keep, keep, keep
          200 202 299     | INVITE  | any | INVITE  | inv_established F call-start, inv_established F call-start, inv_established F call-start, inv_established F call-start, keep, keep, keep, inv_established F call-start, keep, keep, keep
          200 299         | OPTIONS | any | OPTIONS | non_inv_fin F, keep, keep, keep, keep, keep, keep, keep, non_inv_fin F, non_inv_fin F, keep
          200             | NOTIFY  | any | SUBSCRIBE | non_inv_fin F, keep, keep, keep, keep, keep, keep, keep, keep, keep, keep
          300 404 699     | INVITE  | any | INVITE  | inv_neg F, inv_neg F, inv_neg F, keep, keep, keep, keep, keep, non_inv_neg F, keep, keep
          300 407 699     | OPTIONS | any | OPTIONS | non_inv_neg F, keep, keep, keep, keep, keep, keep, keep, non_inv_neg F, keep, keep
          401             | REGISTER | any | REGISTER | non_inv_neg F, keep, keep, keep, keep, keep, keep, keep, non_inv_neg F, keep, keep
          """)
  void replies(String statuses, String name, String toTag, String entryMethod, String columns) {
    for (String status : statuses.split(" ", -1)) {
      for (boolean hasToTag : toTags(toTag)) {
        assertThat(
                STATES.stream()
                    .map(
                        state ->
                            text(
                                ReplyRules.step(
                                    state,
                                    Integer.parseInt(status),
                                    method(name),
                                    hasToTag,
                                    method(entryMethod)),
                                state)))
            .as(status)
            .containsExactlyElementsOf(expected(columns));
      }
    }
  }
}
