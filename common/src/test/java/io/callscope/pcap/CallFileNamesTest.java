package io.callscope.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallFileNamesTest {
  private static final CallFileNames DEFAULTS = new CallFileNames("callid_", "", "pcap", 0);

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String path(CallFileNames names, String callId) {
    byte[] bytes = bytes("x" + callId + "y");
    return names.path(bytes, 1, bytes.length - 2);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "a84b4c76e66710@pc33.atlanta.com, callid_a84b4c76e66710@pc33.atlanta.com.pcap",
        "abcd/1234, callid_abcd%2F1234.pcap",
        "x%41..\\y;z, callid_x%2541..%5Cy%3Bz.pcap",
        "[2001:db8::1]-77, callid_%5B2001:db8::1%5D-77.pcap",
        "../../etc/passwd, callid_..%2F..%2Fetc%2Fpasswd.pcap",
        "\",?!*'() <>\", callid_%2C%3F%21%2A%27%28%29%20%3C%3E.pcap",
        "\u00e9\u007f, callid_%E9%7F.pcap",
        "-_.~$&+:=@, callid_-_.~$&+:=@.pcap",
      })
  void everyByteBeyondTheSafeOnesIsEscaped(String callId, String path) {
    assertThat(path(DEFAULTS, callId)).isEqualTo(path);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 00000000",
    "a, 00c38a72",
    "abcd, 25d6e3e6",
    "abcdefgh, 9fc27aa1",
    "abcd/1234, 38603b2c",
    "call-0001@198.51.100.7, b87ca086",
    "a84b4c76e66710@pc33.atlanta.com, 7f5decae",
    "3848276298220188511@atlanta.example.com, 0c9f6dec",
  })
  void hashIsTheOneThatScriptsCompute(String callId, String hash) {
    byte[] bytes = bytes(callId);
    assertThat(CallIdFileHash.of(bytes, 0, bytes.length))
        .isEqualTo(Integer.parseUnsignedInt(hash, 16));
  }

  @ParameterizedTest
  @CsvSource({
    "abcdefgh, 10, 1",
    "abcdefgh, 35, 6",
    "abcdefgh, 36, 0x",
    "abcdefgh, 64, 0x",
    "abcdefgh, 1296, 08x",
    "abcd/1234, 10, 0",
    "abcd/1234, 35, a",
    "abcd/1234, 36, 00",
    "abcd/1234, 64, 18",
    "abcd/1234, 1296, 0n0",
    "call-0001@198.51.100.7, 10, 2",
    "call-0001@198.51.100.7, 36, 0q",
    "call-0001@198.51.100.7, 1296, 0jq",
    "a84b4c76e66710@pc33.atlanta.com, 36, 06",
    "a84b4c76e66710@pc33.atlanta.com, 1296, 066",
    "3848276298220188511@atlanta.example.com, 35, 1",
    "3848276298220188511@atlanta.example.com, 64, 18",
  })
  void subdirectoryComesOfTheHash(String callId, int subdirectories, String name) {
    CallFileNames names = new CallFileNames("", "", "", subdirectories);
    assertThat(path(names, callId)).startsWith(name + "/");
  }

  @Test
  void noSubdirectoriesBelowOne() {
    assertThat(path(new CallFileNames("p", "s", "", -3), "a@b")).isEqualTo("pa@bs");
  }

  @Test
  void extensionMayBringItsDot() {
    assertThat(path(new CallFileNames("", "-s", ".pcapng", 0), "a@b")).isEqualTo("a@b-s.pcapng");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "/", "ab/", "a/b", "\u00ff"})
  void nameThatIsTooLongIsCutAndMarkedWithTheHash(String unit) {
    for (int count = 60; count < 300; count++) {
      byte[] callId = bytes(unit.repeat(count));
      String path = DEFAULTS.path(callId, 0, callId.length);
      assertThat(path.length()).isLessThanOrEqualTo(255);
      assertThat(path).endsWith(".pcap");
      if (path.contains("~")) {
        String hash = String.format("%08x", CallIdFileHash.of(callId, 0, callId.length));
        assertThat(path).matches("callid_(%[0-9A-F]{2}|[ab])*~" + hash + "\\.pcap");
        assertThat(path.length()).isGreaterThan(252);
      }
    }
  }

  @Test
  void longestNameIsNotCut() {
    byte[] callId = bytes("a".repeat(255 - 12));
    assertThat(DEFAULTS.path(callId, 0, callId.length)).hasSize(255).doesNotContain("~");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/b", "a\0b"})
  void partOfANameCannotLeaveTheDirectory(String part) {
    assertThatThrownBy(() -> new CallFileNames(part, "", "", 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new CallFileNames("", part, "", 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new CallFileNames("", "", part, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void partsOfANameLeaveRoomForTheCallId() {
    assertThatThrownBy(() -> new CallFileNames("a".repeat(200), "", "", 0))
        .hasMessageContaining("no room");
  }
}
