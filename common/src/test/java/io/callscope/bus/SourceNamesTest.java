package io.callscope.bus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SourceNamesTest {
  @Test
  void filesAndUploadsAreFiles() {
    assertThat(SourceNames.isFile(SourceNames.FILES)).isTrue();
    assertThat(SourceNames.isFile(SourceNames.ofUpload("inject", 7))).isTrue();
    assertThat(SourceNames.ofUpload("inject", 7)).isEqualTo("inject.capture.7");
  }

  @Test
  void allElseIsLiveWhateverItsName() {
    assertThat(SourceNames.isFile(SourceNames.ofInterface("pcap"))).isFalse();
    assertThat(SourceNames.isFile(SourceNames.ofInterface("a.capture.1"))).isFalse();
    assertThat(SourceNames.isFile("inject")).isFalse();
    assertThat(SourceNames.isFile("ipfix:4739.0")).isFalse();
    assertThat(SourceNames.isFile("pcap0")).isFalse();
  }
}
