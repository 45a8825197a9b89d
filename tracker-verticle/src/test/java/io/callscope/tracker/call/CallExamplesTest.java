package io.callscope.tracker.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The worked examples of calls, by their numbers. Where we do better than the reference, the quirk
 * that went is named.
 */
class CallExamplesTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      maxCharsPerColumn = 2000,
      textBlock =
          """
                  1 basic | 0 INVITE · 0.1 100 · 0.5 180(B) · 3 200(B) · 3.1 ACK(B) · 63.1 BYE(B)[2] · 63.2 200/BYE(B)[2] | 3 call-start status 200 pdd 500 ring 2500 reason "Reason 200" evgen reply client 192.0.2.1 server 192.0.2.2 uri sip:bob@example.net method INVITE · 63.1 call-end duration 60 by caller-terminated last 200 states "init->first invite->first invite->early dialog->established->established"
                  2 cancelled | 0 INVITE · 0.1 180(B) · 4 CANCEL · 4.1 200/CANCEL(B) · 4.2 487(B) · 4.3 ACK(B) | 9.3 call-attempt status 487 reason "Reason 487" pdd 100 ring 3900 evgen timeout
                  3 cancelled, no final reply | 0 INVITE · 0.1 180(B) · 4 CANCEL · 4.1 200/CANCEL(B) | 9.1 call-attempt status 487 reason "internal: cancel"
                  4 CANCEL crosses 200 (Q9 gone) | 0 INVITE · 0.1 180(B) · 4 CANCEL · 4.1 200(B) · 4.2 ACK(B) · 4.3 BYE(B)[2] · 4.4 200/BYE(B)[2] | 4.1 call-start status 200 pdd 100 ring 4000 · 4.3 call-end duration 0 last 200
                  5 late CANCEL | 0 INVITE · 2 200(B) · 2.01 CANCEL · 2.02 481/CANCEL(B) · 12 BYE(B)[2] | 2 call-start status 200 · 12 call-end duration 10
                  6 busy | 0 INVITE · 0.1 180(B) · 5 486(B) · 5.1 ACK(B) | 35.1 call-attempt status 486 pdd 100 ring 4900
                  7 challenge, success | 0 INVITE · 0.1 401(X) · 0.2 ACK(X) · 0.3 INVITE[2] · 1.3 180(B)[2] · 5.3 200(B)[2] · 5.4 ACK(B)[2] · 65.3 <BYE(B)[100] · 65.4 >200/BYE(B)[100] | 5.3 call-start pdd 1300 ring 4000 · 65.3 call-end duration 60 by callee-terminated trace ">INVITE<401>ACK>INVITE<180<200>ACK<BYE"
                  8 401 twice | 0 INVITE · 0.1 401(X) · 0.3 INVITE[2] · 0.4 401(Y)[2] | 0.4 auth-failed status 401 fr_delay 100
                  9 401, never retried | 0 INVITE · 0.1 401(X) · 0.2 ACK(X) | 30.2 auth-failed status 401 evgen timeout
                  10 401 then 407 | 0 INVITE · 0.1 401(X) · 0.2 INVITE[2] · 0.3 407(X)[2] | 30.3 auth-failed status 407
                  10 401, 100, 401 (Q34 gone) | 0 INVITE · 0.1 401(X) · 0.2 INVITE[2] · 0.3 100[2] · 0.4 401(X)[2] | 0.4 auth-failed status 401
                  11 401, 401, 403 | 0 INVITE · 0.1 401(X) · 0.3 INVITE[2] · 0.4 401(X)[2] · 0.5 INVITE[3] · 0.6 403(X)[3] | 0.4 auth-failed · 30.6 call-attempt status 403
                  12 401, ring, 486 (Q11 gone) | 0 INVITE · 0.1 401(X) · 0.3 INVITE[2] · 1 180(Y)[2] · 5 486(Y)[2] | 35 call-attempt status 486 pdd 1000 ring 4000
                  13 retry with a new From tag | 0 INVITE · 0.1 401(X) · 0.2 INVITE[2] ~A2 · 1 200(B)[2] ~A2 · 2 BYE(B)[3] ~A2 | 1 call-start pdd 1000 fromtag A2 · 2 call-end duration 1
                  14 no answer at all | 0 INVITE · 0.1 100 | 120.1 call-attempt status 408 pdd 0 reason "internal: call state timeout" flags 384
                  15 early dialog timeout | 0 INVITE · 2 180(B) | 182 call-attempt status 408 pdd 2000 ring 0
                  16 established timeout | 0 INVITE · 2 200(B) · 2.1 ACK(B) | 2 call-start · 3602.1 call-end duration 3600 by timeout-terminated last 408
                  17 only BYE seen | 10 BYE(B)[2] · 10.1 200/BYE(B)[2] | 10 call-end min_length 10 by caller-terminated unmatched true last 291 reason "internal: implied OK" client 192.0.2.1
                  17 only the callee's BYE seen | 10 <BYE(B)[2] · 10.1 >200/BYE(B)[2] | 10 call-end min_length 10 by caller-terminated unmatched true last 291 client 192.0.2.2 server 192.0.2.1 fromtag B totag A
                  18 only the BYE reply | 10 200/BYE(B)[2] | 10 call-end last 200 min_length 10 unmatched true trace <200 client 192.0.2.1 server 192.0.2.2 fromtag A totag B
                  19 missing INVITE | 1 180(B) · 3 200(B) · 3.1 ACK(B) · 13 BYE(B)[2] | 3 call-start pdd 0 ring 2000 uri - contact - ua - · 13 call-end duration 10 uri sip:bob@example.net
                  20 re-INVITE first | 3 INVITE(B)[5] · 3.2 200(B)[5] · 10 BYE(B)[6] | 3 call-start status 290 · 10 call-end duration 7 last 200
                  21 lone ACK | 3.1 ACK(B) · 13 BYE(B)[2] | 13 call-end min_length 13 last 291
                  22 missed 2xx | 0 INVITE · 1 180(B) · 10 INFO(B)[2] · 10.1 200/INFO(B)[2] · 20 BYE(B)[3] | 10 call-start status 290 pdd 1000 ring 9000 · 20 call-end duration 10 last 291
                  23 BYE before 2xx | 0 INVITE · 1 180(B) · 10 BYE(B)[2] · 10.05 200(B) · 10.1 200/BYE(B)[2] | 10 call-end duration2 9 unmatched true last 291 duration - duration3 - min_length -
                  24 BYE after a negative reply | 0 INVITE · 1 486(B) · 2 BYE(B)[2] | 2 call-end duration 1 last 486 unmatched true marks call-end
                  25 BYE unanswered | 0 INVITE · 2 200(B) · 10 BYE(B)[2] | 2 call-start · 10 call-end duration 8
                  26 BYE challenged | 0 INVITE · 2 200(B) · 10 BYE(B)[2] · 10.1 401/BYE(B)[2] · 10.2 BYE(B)[3] · 10.3 200/BYE(B)[3] | 2 call-start · 10 call-end
                  27 re-INVITE refused | 0 INVITE · 2 200(B) · 10 INVITE(B)[2] · 10.2 488(B)[2] · 20 BYE(B)[3] | 2 call-start · 20 call-end duration 18 last 488
                  28 re-INVITE by callee | 0 INVITE · 2 200(B) · 2.1 ACK(B) · 10 <INVITE(B)[100] · 10.2 >200(B)[100] · 10.3 <ACK(B)[100] · 20 BYE(B)[3] | 2 call-start · 20 call-end last 200 trace ">INVITE<200>ACK<INVITE>200<ACK>BYE"
                  29 two 401 on re-INVITEs | 0 INVITE · 2 200(B) · 10 INVITE(B)[2] · 10.1 401(B)[2] · 10.2 INVITE(B)[3] · 10.3 401(B)[3] · 20 BYE(B)[4] | 2 call-start · 10.3 auth-failed state established · 20 call-end last 401
                  30 PRACK and UPDATE | 0 INVITE · 1 183(B) · 1.1 PRACK(B)[2] · 1.2 200/PRACK(B)[2] · 1.3 UPDATE(B)[3] · 1.4 200/UPDATE(B)[3] · 5 200(B) · 5.1 ACK(B) · 15 BYE(B)[4] | 5 call-start pdd 1000 ring 4000 req 1 req_retr 2 repl 2 repl_retr 2 trace ">INVITE<183>PRACK<200>UPDATE<200<200" · 15 call-end duration 10
                  31 200 before 180 | 0 INVITE · 5 200(B) · 5.01 180(B) · 10 BYE(B)[2] | 5 call-start pdd 5000 ring 0 · 10 call-end repl 1 repl_retr 1
                  32 180 before INVITE | 0 180(B) · 0.1 INVITE · 2 200(B) · 3 BYE(B)[2] | 2 call-start pdd 0 ring 2000 req_retr 1 · 3 call-end
                  33 CANCEL before INVITE | 0 CANCEL · 0.1 INVITE · 0.2 180/INVITE(B) · 0.3 487/INVITE(B) | 5.3 call-attempt status 487 reason "internal: cancel" method CANCEL
                  34 retransmissions | 0 INVITE · 0.5 INVITE · 1 INVITE · 1.5 180(B) · 1.8 180(B) · 5 200(B) · 5.5 200(B) · 5.6 ACK(B) · 10 BYE(B)[2] · 10.5 BYE(B)[2] · 10.6 200/BYE(B)[2] · 10.7 200/BYE(B)[2] | 5 call-start · 10 call-end trace ">INVITE{2}<180{1}<200{1}>ACK>BYE"
                  35 BYE glare | 0 INVITE · 2 200(B) · 10 BYE(B)[2] · 10.05 <BYE(B)[9] · 10.1 200/BYE(B)[2] · 10.2 >200/BYE(B)[9] | 2 call-start · 10 call-end by caller-terminated
                  36 fork, two 200s, both rang | 0 INVITE · 1 180(B) · 2 180(C) · 5 200(C) · 5.1 200(B) · 10 BYE(C)[2] · 12 BYE(B)[3] | 5 call-start totag C pdd 2000 ring 3000 flags 8 · 5.1 call-start totag B pdd 1000 ring 4100 · 10 call-end totag C duration 5 · 12 call-end totag B duration 6
                  37 fork, second 200 on a new tag | 0 INVITE · 1 180(B) · 5 200(B) · 5.1 200(C) · 6 BYE(C)[2] · 12 BYE(B)[3] | 5 call-start totag B · 6 call-end totag C duration 0 · 12 call-end totag B duration 7
                  38 fork, one answers | 0 INVITE · 1 180(B) · 2 180(C) · 5 200(C) · 305 BYE(C)[2] | 5 call-start totag C · 305 call-end duration 300
                  38 fork, one answers and ends before the other has rung out | 0 INVITE · 1 180(B) · 2 180(C) · 5 200(C) · 8 BYE(C)[2] · 8.1 200/BYE(C)[2] | 5 call-start totag C marks call-start · 8 call-end duration 3
                  39 fork, none answers | 0 INVITE · 1 180(B) · 2 180(C) | 181 call-attempt status 408 totag B
                  40 fork, early 486, late answer | 0 INVITE · 1 180(B) · 2 180(C) · 3 486(C) · 40 200(B) · 41 BYE(B)[2] | 33 call-attempt status 486 totag C · 40 call-start totag B · 41 call-end
                  40 fork, early 486, answer | 0 INVITE · 1 180(B) · 2 180(C) · 3 486(C) · 10 200(B) · 41 BYE(B)[2] | 10 call-start totag B · 41 call-end
                  41 proxy reply with its own tag (Q36 gone) | 0 INVITE · 1 180(B) · 60 408(P) · 60.1 ACK(P) | 90.1 call-attempt status 408 totag P pdd 1000 ring 59000
                  42 serial fork | 0 INVITE · 1 486(B) · 1.1 ACK(B) · 3 180(C) · 5 200(C) · 6 BYE(C)[2] | 5 call-start totag C pdd 5000 ring 0 repl_retr 1 · 6 call-end
                  43 BYE on an unknown tag | 0 INVITE · 2 200(B) · 10 BYE(Z)[2] · 20 BYE(B)[3] | 2 call-start · 10 call-end totag Z duration3 10 last 291 unmatched - · 20 call-end totag B duration 18
                  44 no tags at all | 0 INVITE ~- · 1 180 ~- · 2 200 ~- · 5 BYE[2] ~- | 2 call-start pdd 2000 · 5 call-end duration 3
                  45 OPTIONS ok | 0 OPTIONS · 0.2 200(B) | 5.2 other-ok last 200
                  46 OPTIONS unanswered | 0 OPTIONS · 0.5 OPTIONS | 30.5 other-timeout last 408
                  46 OPTIONS failed | 0 OPTIONS · 0.2 404(B) | 5.2 other-failed last 404
                  47 OPTIONS challenged | 0 OPTIONS · 0.2 407(B) · 0.3 OPTIONS[2] · 0.4 200(C)[2] | 5.4 other-ok last 200
                  47 OPTIONS challenged, no retry | 0 OPTIONS · 0.2 407(B) | 5.2 auth-failed status 407 fr_delay 200
                  48 SUBSCRIBE and NOTIFY | 0 SUBSCRIBE · 0.2 202(B) · 0.3 <NOTIFY(B) · 0.4 >200(B) | 5.4 other-ok last 202
                  48 late NOTIFY | 0 SUBSCRIBE · 0.2 202(B) · 100 <NOTIFY(B)[5] · 100.1 >200(B)[5] | 5.2 other-ok last 202 · 105.1 other-ok last 200
                  49 stray in-dialog INFO | 0 INFO(B)[7] · 0.2 200(B)[7] | 5.2 other-ok last 200
                  50 OPTIONS pings with a new To tag each (Q23 gone) | 0 OPTIONS · 0.1 200(B) · 1 OPTIONS[2] · 1.1 200(C)[2] · 1.2 OPTIONS[2] | 6.2 other-ok totag C last 200 req 2 req_retr 1 repl 2
                  Q2 fork by the callee's request keeps who is who | 0 INVITE · 2 200(B) · 10 <BYE(Z)[7] · 10.1 >200/BYE(Z)[7] · 20 BYE(B)[2] | 2 call-start · 10 call-end totag Z fromtag A by callee-terminated · 20 call-end totag B by caller-terminated
                  Q3 a To tag longer than any room reserved | 0 INVITE · 1 180(B123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789) · 2 200(B123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789) | 2 call-start pdd 1000 ring 1000 flags 2 · 3602 call-end duration 3600
                  Q4 another method after a challenge is another call | 0 INVITE · 0.1 401(X) · 0.2 ACK(X) · 1 OPTIONS[9] ~A2 · 1.1 200/OPTIONS(Q)[9] ~A2 | 6.1 other-ok fromtag A2 · 30.2 auth-failed fromtag A
                  Q10 a reply to the callee's re-INVITE leaves status and reason alone | 0 INVITE · 2 200(B) · 10 <INVITE(B)[100] · 10.2 >488(B)[100] · 20 BYE(B)[3] | 2 call-start · 20 call-end last 200 reason "Reason 200"
                  Q21 a repeat beyond the fifteenth begins a record of its own | 0 INVITE · 0.01 INVITE · 0.02 INVITE · 0.03 INVITE · 0.04 INVITE · 0.05 INVITE · 0.06 INVITE · 0.07 INVITE · 0.08 INVITE · 0.09 INVITE · 0.1 INVITE · 0.11 INVITE · 0.12 INVITE · 0.13 INVITE · 0.14 INVITE · 0.15 INVITE · 0.16 INVITE · 0.17 INVITE · 1 200(B) | 1 call-start trace ">INVITE{15}>INVITE{1}<200" · 3601 call-end
                  Q30 CANCEL is of the branch that has its CSeq, the others run out unreported | 0 INVITE · 1 180(B) · 2 180(C) · 3 CANCEL · 3.1 200/CANCEL(B) · 3.2 487(B) · 3.3 ACK(B) | 8.3 call-attempt totag B status 487 flags 146
          a request without To tag reaches the entry of its own method | 0 INVITE · 0.1 401(X) · 1 OPTIONS[7] ~A2 · 1.1 OPTIONS[7] ~A2 · 1.2 200/OPTIONS(Q)[7] ~A2 · 2 INVITE[2] · 3 200(B)[2] · 4 BYE(B)[3] | 3 call-start fromtag A totag B · 4 call-end duration 1 · 6.2 other-ok fromtag A2 totag Q req 1 req_retr 1
          a retry with a new From tag brings its own contact, software and asserted identity | 0 INVITE · 0.1 401(X) · 0.2 INVITE[2] ~A2 c9 +User-Agent:_Phone_9 +P-Asserted-Identity:_<tel:+49301> · 1 200(B)[2] ~A2 | 1 call-start contact sip:alice@c9.example.org:5060 ua "Phone 9" pai1 tel:+49301 reason "Reason 200" · 3601 call-end
                  Q6 first CSeq is 0 | 0 INVITE[0] · 1 180(B)[0] · 2 200(B)[0] · 3 BYE(B)[1] | 2 call-start pdd 1000 · 3 call-end duration 1
                  Q7 reply behind a later request | 0 INVITE · 1 180(B) · 1.5 <INFO(B)[7] · 1.6 NOTIFY(B)[2] · 2 200(B) · 3 BYE(B)[3] | 1.5 call-start status 290 · 3 call-end last 200
                  Q7 reply behind a NOTIFY | 0 INVITE · 1 180(B) · 1.6 NOTIFY(B)[2] · 1.7 200/NOTIFY(B)[2] · 2 200(B) · 3 BYE(B)[3] | 2 call-start status 200 · 3 call-end last 200
                  Q8 lone provisional reply to MESSAGE | 0 180/MESSAGE(B) | 30 other-timeout last 408
                  Q26 lone ACK, then INFO | 0 ACK(B) · 0.5 INFO(B)[2] · 0.6 200/INFO(B)[2] | 5.6 other-ok last 200
          """)
  void gives(String name, String script, String events) {
    new Scenario().play(script).until(10_000).gives(events).leavesNothing();
  }

  @Test
  void retransmissionsAreCounted() {
    Scenario scenario =
        new Scenario()
            .play(
                "0 INVITE · 0.5 INVITE · 1 INVITE · 1.5 180(B) · 1.8 180(B) · 5 200(B) · 5.5 200(B)"
                    + " · 5.6 ACK(B) · 10 BYE(B)[2] · 10.5 BYE(B)[2] · 10.6 200/BYE(B)[2] · 10.7"
                    + " 200/BYE(B)[2]");

    var call = scenario.tracker.query().call("call-1@192.0.2.1").get(0);
    assertThat(call)
        .containsEntry("requests", java.util.List.of(3, 0))
        .containsEntry("requestRetransmissions", java.util.List.of(3, 0))
        .containsEntry("replies", java.util.List.of(3, 0))
        .containsEntry("replyRetransmissions", java.util.List.of(3, 0));
  }

  @ParameterizedTest(name = "after \"{0}\" the entry expires at {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 INVITE | | 120
          0 INVITE · 0.1 100 | | 120.1
          0 INVITE · 0.1 100 · 0.5 180(B) | B | 180.5
          0 INVITE · 0.1 100 · 0.5 180(B) · 3 200(B) | B | 3603
          0 INVITE · 0.1 100 · 0.5 180(B) · 3 200(B) · 3.1 ACK(B) | B | 3603.1
          0 INVITE · 0.1 100 · 0.5 180(B) · 3 200(B) · 3.1 ACK(B) · 63.1 BYE(B)[2] | B | 93.1
          0 INVITE · 0.1 100 · 0.5 180(B) · 3 200(B) · 3.1 ACK(B) · 63.1 BYE(B)[2] · 63.2 200/BYE(B)[2] | B | 68.2
          """)
  void timersFollowTheState(String script, String toTag, double expiry) {
    Scenario scenario = new Scenario().play(script);

    assertThat(scenario.expiry("call-1@192.0.2.1", toTag == null ? "" : toTag)).isEqualTo(expiry);
  }
}
