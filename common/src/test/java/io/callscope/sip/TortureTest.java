package io.callscope.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The torture messages of RFC 4475, which are not part of the project. Looked for in the folder of
 * the property {@code callscope.rfc4475}, else in {@code shared/rfc4475} beside a parent folder.
 */
class TortureTest {
  static List<String[]> vectors() {
    return Vectors.rows("torture.txt");
  }

  private static byte[] read(String name) throws IOException {
    Path folder = folder();
    assumeTrue(folder != null, "the messages of RFC 4475 are not here");
    return Files.readAllBytes(folder.resolve(name + ".dat"));
  }

  private static Path folder() {
    String property = System.getProperty("callscope.rfc4475");
    if (property != null) {
      return Path.of(property);
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path folder = at.resolve("shared/rfc4475");
      if (Files.isDirectory(folder)) {
        return folder;
      }
    }
    return null;
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("vectors")
  void judgesTheMessages(
      String section, String name, String result, String trackable, String signature)
      throws IOException {
    byte[] bytes = read(name);
    Outcome outcome = Outcome.of(bytes, Outcome.Mode.DATAGRAM);

    assertThat(Outcome.notation(outcome.error(), 0, false)).isEqualTo(result);
    assertThat(outcome.message().has(SipIndex.FLAGS_TRACKABLE)).isEqualTo(trackable.equals("y"));
    if (!signature.isEmpty()) {
      assertThat(SipSignatureTest.signature(outcome)).isEqualTo(signature);
    }
    Outcome.checkCuts(bytes);
    Outcome.checkSurroundings(bytes);
  }

  @Test
  void findsWhatTheFirstMessageSays() throws IOException {
    Outcome wsinv = Outcome.of(read("wsinv"), Outcome.Mode.DATAGRAM);

    assertThat(wsinv.message().cseq()).isEqualTo(9);
    assertThat(wsinv.text(SipIndex.FROM_TAG)).isEqualTo("98asjd8");
    assertThat(wsinv.text(SipIndex.TO_TAG)).isEqualTo("1918181833n");
  }

  @Test
  void findsLongFields() throws IOException {
    Outcome longreq = Outcome.of(read("longreq"), Outcome.Mode.DATAGRAM);

    assertThat(longreq.row()[SipIndex.CALL_ID + 1]).isEqualTo(141);
    assertThat(longreq.row()[SipIndex.FROM_TAG + 1]).isEqualTo(155);
  }

  @Test
  void countsContactsOfSeveralHeaders() throws IOException {
    assertThat(Outcome.of(read("escnull"), Outcome.Mode.DATAGRAM).row()[SipIndex.CONTACTS])
        .isEqualTo(2);
  }

  @Test
  void takesTheBodyThatContentLengthAnnounces() throws IOException {
    Outcome mpart = Outcome.of(read("mpart01"), Outcome.Mode.DATAGRAM);
    Outcome twice = Outcome.of(read("multi01"), Outcome.Mode.DATAGRAM);
    Outcome mcl = Outcome.of(read("mcl01"), Outcome.Mode.DATAGRAM);

    assertThat(mpart.row()[SipIndex.CONTENT_LENGTH]).isEqualTo(553);
    assertThat(mpart.message().length() - mpart.row()[SipIndex.BODY]).isEqualTo(553);
    assertThat(twice.error()).isZero();
    assertThat(mcl.row()[SipIndex.CONTENT_LENGTH]).isEqualTo(13);
  }

  @Test
  void streamsGoOnBehindTheFirstMessage() throws IOException {
    byte[] bytes = read("dblreq");
    int first = Outcome.of(bytes, Outcome.Mode.STREAM).message().length();
    assertThat(first).isLessThan(bytes.length);
    int second = StartLine.skipLineEnds(bytes, first, bytes.length);
    SipParser parser = new SipParser();
    parser.reset(true, true);
    int[] row = new int[SipIndex.SIZE];

    assertThat(parser.parse(bytes, second, bytes.length - second, true, row)).isZero();
    assertThat(row[SipIndex.FLAGS] & SipIndex.METHOD_MASK).isEqualTo(SipMethod.INVITE);
  }

  @Test
  void streamsNeedContentLength() throws IOException {
    assertThat(Outcome.of(read("inv2543"), Outcome.Mode.STREAM).error())
        .isEqualTo(SipError.NO_CONTENT_LENGTH);
    assertThat(Outcome.of(read("clerr"), Outcome.Mode.STREAM_BODY_IGNORED).error()).isZero();
  }
}
