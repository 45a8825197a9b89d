package io.callscope.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.StringJoiner;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ContactReaderTest {
  private static final String FIRST_LINE = "REGISTER sip:a@b SIP/2.0\r\n";

  static List<String[]> vectors() {
    return Vectors.rows("contacts.txt");
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("vectors")
  void readsTheVectors(String number, String lines, String result, String values, String max) {
    if (!result.equals("OK")) {
      assertThat(Outcome.streamed(FIRST_LINE + lines, FIRST_LINE.length(), true)).isEqualTo(result);
      return;
    }
    byte[] bytes = Vectors.bytes(FIRST_LINE + lines + "\r\n");
    Outcome outcome = Outcome.of(bytes, Outcome.Mode.DATAGRAM);
    assertThat(outcome.error()).isZero();
    assertThat(outcome.row()[SipIndex.CONTACTS]).isEqualTo(values.split(" ", -1).length / 3);
    assertThat(outcome.text(SipIndex.CONTACT_URI)).isEqualTo(values.split(" ", -1)[0]);
    assertThat(outcome.message().has(SipIndex.FLAG_STAR)).isEqualTo(values.startsWith("*"));
    assertThat(outcome.message().maxExpires()).isEqualTo(Long.parseLong(max));
    assertThat(read(outcome)).isEqualTo(values);
    Outcome.checkCuts(bytes);
  }

  private static String read(Outcome outcome) {
    ContactReader contacts = new ContactReader();
    contacts.read(outcome.message());
    StringJoiner values = new StringJoiner(" ");
    while (contacts.next()) {
      assertThat(contacts.isStar()).isEqualTo(outcome.message().has(SipIndex.FLAG_STAR));
      values.add(Vectors.text(outcome.bytes(), contacts.uriAt(), contacts.uriLength()));
      values.add(contacts.hasExpires() ? String.valueOf(contacts.expires()) : "-");
      values.add(contacts.q() < 0 ? "-" : String.valueOf(contacts.q()));
    }
    assertThat(contacts.next()).isFalse();
    return values.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "'Subject: x', -1",
    "'Expires: 4294967295', 4294967295",
    "'Contact: <sip:a>', 0",
    "'Contact: *\r\nExpires: 0', 0",
    "'Contact: <sip:a>;expires=60\r\nExpires: 30', 60",
    "'Contact: <sip:a>;expires=60\r\nExpires: 90', 90",
  })
  void largestExpiresIsOfContactsAndHeader(String lines, long max) {
    assertThat(Outcome.of(FIRST_LINE + lines + "\r\n\r\n").message().maxExpires()).isEqualTo(max);
  }

  @ParameterizedTest
  @CsvSource({"'Subject: x'", "'To: <sip:a@b>'"})
  void readsNothingWithoutContacts(String line) {
    assertThat(read(Outcome.of(FIRST_LINE + line + "\r\n\r\n"))).isEmpty();
  }
}
