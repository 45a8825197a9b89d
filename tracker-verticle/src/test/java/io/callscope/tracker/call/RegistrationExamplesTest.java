package io.callscope.tracker.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The worked examples of registrations, by their numbers. Where we do better than the reference,
 * the quirk that went is named.
 */
class RegistrationExamplesTest {
  private static final String R1 = "0 REGISTER c1 @R1 · 0.3 200(Y) c1;600 @R1 · ";

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      maxCharsPerColumn = 2000,
      textBlock =
          """
  51 new, refresh, expiry | 0 REGISTER c1 · 0.1 401(X) · 0.2 REGISTER[2] c1 · 0.3 200(Y)[2] c1;600 · 300 REGISTER[3] c1 · 300.1 200(Y)[3] c1;600 | 0.3 reg-new status 200 fr_delay 300 · 930.1 reg-expired lifetime 929 last 200
  52 delete, same dialog | 0 REGISTER c1 · 0.3 200(Y) c1;600 · 100 REGISTER[2] c1;0 · 100.1 200(Y)[2] | 0.3 reg-new · 100.1 reg-del lifetime 99
  53 delete, other Call-ID | 0 REGISTER c1 @R1 · 0.3 200(Y) c1;600 @R1 · 100 REGISTER c1;0 @R2 · 100.1 200(Y) @R2 | 0.3 reg-new call R1 · 100.1 reg-del call R2 lifetime 0
  54 delete, then register again | 0 REGISTER c1 · 0.3 200(Y) c1;600 · 100 REGISTER[2] c1;0 · 100.1 200(Y)[2] · 101 REGISTER(Y)[3] c1 · 101.1 200(Y)[3] c1;600 | 0.3 reg-new · 100.1 reg-del · 101.1 reg-new fr_delay 300 · 731.1 reg-expired
  55 star, own Call-ID plus another | 0 REGISTER c1 @R1 · 0.3 200(Y) c1;600 @R1 · 1 REGISTER c2 @R2 · 1.3 200(Z) c1;599 c2;600 @R2 · 100 REGISTER[2] * exp=0 @R1 · 100.1 200(Y)[2] @R1 | 0.3 reg-new call R1 · 1.3 reg-new call R2 contact sip:alice@c2.example.org:5060 · 100.1 reg-del call R1 contact * lifetime 99 · 105.1 reg-del call R2 contact sip:alice@c2.example.org:5060 lifetime 103 evgen timeout
  56 star from a third Call-ID | 0 REGISTER c1 @R1 · 0.3 200(Y) c1;600 @R1 · 100 REGISTER * exp=0 @R3 · 100.1 200(Y) @R3 | 0.3 reg-new · 100.1 reg-del call R3 contact * lifetime 0 · 105.1 reg-del call R1 contact sip:alice@c1.example.org:5060
  57 refresh with a new Call-ID | 0 REGISTER c1 @R1 · 0.3 200(Y) c1;600 @R1 · 300 REGISTER c1 @R2 · 300.1 200(Z) c1;600 @R2 | 0.3 reg-new call R1 · 930.1 reg-expired call R2 lifetime 630
  58 refresh, reply has a new To tag (Q25 gone) | 0 REGISTER c1 · 0.3 200(Y) c1;600 · 300 REGISTER[2] c1 · 300.1 200(Z)[2] c1;600 | 0.3 reg-new totag Y · 930.1 reg-expired totag Z
  59 refresh challenged with a new To tag | 0 REGISTER c1 · 0.3 200(Y) c1;600 · 300 REGISTER[2] c1 · 300.1 401(Z)[2] · 300.2 REGISTER[3] c1 · 300.3 200(W)[3] c1;600 | 0.3 reg-new · 930.3 reg-expired totag W
  60 401 once | 0 REGISTER c1 · 0.1 401(X) | 5.1 auth-failed status 401
  60 401 twice | 0 REGISTER c1 · 0.1 401(X) · 0.2 REGISTER[2] c1 · 0.3 401(Y)[2] | 0.3 auth-failed status 401
  60 403 | 0 REGISTER c1 · 0.1 403(X) | 5.1 other-failed last 403
  60 no reply | 0 REGISTER c1 | 30 other-timeout last 408
  61 contact not in the 2xx | 0 REGISTER c1 · 0.3 200(Y) c2;600 | 0.3 reg-del contact sip:alice@c1.example.org:5060
  61 listed with another port | 0 REGISTER c1 · 0.3 200(Y) c1:5062;600 | 0.3 reg-del
  62 2xx without any expiry, request says 200 (Q16 gone) | 0 REGISTER c1;200 · 0.3 200(Y) c1 | 0.3 reg-new · 230.3 reg-expired
  62 no expiry at all (Q16 gone) | 0 REGISTER c1 · 0.3 200(Y) c1 | 0.3 reg-new · 3630.3 reg-expired
  62 Expires header | 0 REGISTER c1 · 0.3 200(Y) c1 exp=100 | 0.3 reg-new · 130.3 reg-expired
  63 only the 2xx seen (Q25 gone) | 0.3 200/REGISTER(Y) c1;600 | 0.3 reg-new fr_delay 0 · 630.3 reg-expired
  63 only a 2xx without contact | 0.3 200/REGISTER(Y) |
  64 query | 0 REGISTER · 0.3 200(Y) c1;600 |
  66 OPTIONS in the dialog (Q5 gone, key spaces apart) | 0 REGISTER c1 · 0.3 200(Y) c1;600 · 100 OPTIONS[2] · 100.1 200/OPTIONS(Q)[2] · 200 OPTIONS(Y)[3] · 200.1 200/OPTIONS(Y)[3] | 0.3 reg-new · 105.1 other-ok · 205.1 other-ok · 630.3 reg-expired
  Q5 unanswered refresh | 0 REGISTER c1 · 0.3 200(Y) c1;600 · 300 REGISTER[2] c1 | 0.3 reg-new · 630.3 reg-expired
  Q13 every contact of a REGISTER | 0 REGISTER c1 c2 · 0.3 200(Y) c1;600 c2;900 · 100 REGISTER[2] c1;0 · 100.1 200(Y)[2] c2;800 | 0.3 reg-new contact sip:alice@c1.example.org:5060 · 0.3 reg-new contact sip:alice@c2.example.org:5060 · 100.1 reg-del contact sip:alice@c1.example.org:5060 · 930.3 reg-expired contact sip:alice@c2.example.org:5060
  Q17 another contact in the same dialog, the old one gone | 0 REGISTER c1 · 0.3 200(Y) c1;600 · 100 REGISTER[2] c2 · 100.1 200(Y)[2] c2;600 | 0.3 reg-new · 100.1 reg-new contact sip:alice@c2.example.org:5060 · 100.1 reg-del contact sip:alice@c1.example.org:5060 · 730.1 reg-expired contact sip:alice@c2.example.org:5060
  Q17 another contact in the same dialog, the old one kept | 0 REGISTER c1 · 0.3 200(Y) c1;600 · 100 REGISTER[2] c2 · 100.1 200(Y)[2] c1;500 c2;600 | 0.3 reg-new · 100.1 reg-new · 630.3 reg-expired contact sip:alice@c1.example.org:5060 · 730.1 reg-expired contact sip:alice@c2.example.org:5060
  Q24 two devices, a new To tag each time | 0 REGISTER c1 @R1 · 0.3 200(Y) c1;600 @R1 · 1 REGISTER c2 @R2 · 1.3 200(Z) c1;600 c2;600 @R2 · 300 REGISTER[2] c2 @R2 · 300.1 200(V)[2] c1;300 c2;600 @R2 | 0.3 reg-new call R1 · 1.3 reg-new call R2 · 630.3 reg-expired call R1 · 930.1 reg-expired call R2
  Q31 contact that does not parse | 0 REGISTER +Contact:_<mailto:x@y> · 0.3 200(Y) +Contact:_<mailto:x@y>;expires=60 |
  Q37 registrar slower than the negative state | 0 REGISTER c1 · 0.1 401(X) · 1 REGISTER[2] c1 · 15 200(Y)[2] c1;600 | 15 reg-new status 200 · 645 reg-expired
  """)
  void gives(String name, String script, String events) {
    new Scenario().play(script).until(10_000).gives(events == null ? "" : events).leavesNothing();
  }

  @Test
  void example52to58LeaveTheOldEntrySilentlyAfterFiveSeconds() {
    Scenario scenario = new Scenario().play(R1 + "300 REGISTER c1 @R2 · 300.1 200(Z) c1;600 @R2");

    assertThat(scenario.expiry("R1", "Y")).isEqualTo(305.1);
    assertThat(scenario.expiry("R2", "Z")).isEqualTo(930.1);
    scenario.until(306).gives("0.3 reg-new call R1");
  }

  @Test
  void example65MovesTheBindingWherePortsAreIgnored() {
    Scenario scenario = new Scenario();
    scenario.settings.registrations(30, 0, true);
    scenario
        .play(
            "0 REGISTER h:5060 @R1 · 0.3 200(Y) h:5060;600 @R1"
                + " · 10 REGISTER h:6060 @R2 · 10.3 200(Z) h:6060;600 @R2")
        .until(10_000)
        .gives("0.3 reg-new call R1 · 640.3 reg-expired call R2")
        .leavesNothing();
  }

  @Test
  void ignoredPortsAreIgnoredInTheReplyToo() {
    Scenario scenario = new Scenario();
    scenario.settings.registrations(30, 0, true);
    scenario.play("0 REGISTER h:5060 · 0.3 200(Y) h:6060;600").gives("0.3 reg-new");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      maxCharsPerColumn = 2000,
      textBlock =
          """
  67 delete held back | 100 REGISTER[2] c1;0 @R1 · 100.1 200(Y)[2] @R1 | 0.3 reg-new · 103.1 reg-del lifetime 102
  67 taken back by the same Call-ID | 100 REGISTER[2] c1;0 @R1 · 100.1 200(Y)[2] @R1 · 102 REGISTER[3] c1 @R1 · 102.1 200(Y)[3] c1;600 @R1 | 0.3 reg-new · 732.1 reg-expired
  67 taken back by another Call-ID | 100 REGISTER[2] c1;0 @R1 · 100.1 200(Y)[2] @R1 · 102 REGISTER c1 @R2 · 102.1 200(Z) c1;600 @R2 | 0.3 reg-new · 732.1 reg-expired call R2
  68 star from a third Call-ID | 100 REGISTER * exp=0 @R3 · 100.1 200(Z) @R3 | 0.3 reg-new · 103.1 reg-del call R1
  68 star from its own | 50 REGISTER c2 @R2 · 50.3 200(V) c1;600 c2;600 @R2 · 100 REGISTER[2] * exp=0 @R1 · 100.1 200(Y)[2] @R1 | 0.3 reg-new · 50.3 reg-new call R2 · 103.1 reg-del call R1 contact * · 103.1 reg-del call R2 contact sip:alice@c2.example.org:5060
  Q35 deleted by another Call-ID, then registered again | 100 REGISTER c1;0 @R2 · 100.1 200(Z) @R2 · 102 REGISTER[2] c1 @R1 · 102.1 200(Y)[2] c1;600 @R1 | 0.3 reg-new · 732.1 reg-expired call R1
  """)
  void deletionsHeldBack(String name, String script, String events) {
    Scenario scenario = new Scenario();
    scenario.settings.registrations(30, 3, false);
    scenario.play(R1 + script).until(10_000).gives(events).leavesNothing();
  }

  @Test
  void fullBindingTableReportsEachRegistrationAndKeepsNoEntryForIt() {
    Scenario scenario = new Scenario();
    scenario.settings.bindingLimits(1, 0);
    scenario
        .play(
            R1
                + "1 REGISTER c2 @R2 · 1.3 200(Z) c1;600 c2;600 @R2"
                + " · 2 REGISTER[2] c2 @R2 · 2.1 200(Z)[2] c1;500 c2;600 @R2"
                + " · 100 REGISTER[3] c2 @R2 · 100.1 200(Z)[3] c1;500 c2;600 @R2")
        .until(106);
    assertThat(scenario.entries()).isEqualTo("Y:non-invite finished@630.3");
    scenario
        .until(10_000)
        .gives(
            "0.3 reg-new call R1 · 1.3 reg-new call R2 · 100.1 reg-new call R2"
                + " · 630.3 reg-expired call R1")
        .leavesNothing();
    assertThat(scenario.regCounters.group().value(scenario.regCounters.failLimit)).isEqualTo(3);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      maxCharsPerColumn = 2000,
      textBlock =
          """
  as granted | 1000 | 0 REGISTER c1 · 0.3 200(Y) c1;1000 | 0.3 reg-new · 1030.3 reg-expired | 0
  cut | 1000 | 0 REGISTER c1 · 0.3 200(Y) c1;4294967295 | 0.3 reg-new · 1030.3 reg-expired | 1
  cut, Expires header | 1000 | 0 REGISTER c1 · 0.3 200(Y) c1 exp=1001 | 0.3 reg-new · 1030.3 reg-expired | 1
  cut, refreshed in time | 1000 | 0 REGISTER c1 · 0.3 200(Y) c1;2000 · 900 REGISTER[2] c1 · 900.3 200(Y)[2] c1;2000 | 0.3 reg-new · 1930.3 reg-expired | 2
  no limit | 0 | 0 REGISTER c1 · 0.3 200(Y) c1;400000000 | 0.3 reg-new · 400000030.3 reg-expired | 0
  answer alone | 1000000 | 0.3 200/REGISTER(Y) c1;100000 | 0.3 reg-new · 86430.3 reg-expired | 1
  answer alone, no limit | 0 | 0.3 200/REGISTER(Y) c1;100000 | 0.3 reg-new · 86430.3 reg-expired | 1
  answers alone, another To tag | 1000000 | 0.3 200/REGISTER(Y) c1;100000 · 1.3 200/REGISTER(Z)[2] c1;100000 | 0.3 reg-new · 86431.3 reg-expired | 2
  answer alone, limit below | 1000 | 0.3 200/REGISTER(Y) c1;100000 | 0.3 reg-new · 1030.3 reg-expired | 1
  answer alone, then a refresh | 1000000 | 0.3 200/REGISTER(Y) c1;100000 · 10 REGISTER[2] c1 · 10.3 200(Y)[2] c1;100000 | 0.3 reg-new · 100040.3 reg-expired | 1
  """)
  void lifetimesEndAtTheLongestThatIsFollowed(
      String name, long longest, String script, String events, int cut) {
    Scenario scenario = new Scenario();
    scenario.settings.maxLifetime(longest);
    scenario.play(script).until(500_000_000).gives(events).leavesNothing();
    assertThat(scenario.regCounters.group().value(scenario.regCounters.lifetimesCut))
        .isEqualTo(cut);
  }

  @Test
  void withoutASettingNoLifetimeIsLongerThanThreeDays() {
    new Scenario()
        .play("0 REGISTER c1 · 0.3 200(Y) c1;4294967295")
        .until(300_000)
        .gives("0.3 reg-new · 259230.3 reg-expired")
        .leavesNothing();
  }
}
