package io.callscope.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SourceNamesTest {
  @Test
  void filesAndUploadsAreFiles() {
    assertThat(SourceNames.isFile(SourceNames.FILES)).isTrue();
    assertThat(SourceNames.isFile(SourceNames.ofUpload("inject", 7, "a.pcap", false))).isTrue();
    assertThat(SourceNames.isFile(SourceNames.ofUpload("inject", 7, "a.pcap", true))).isFalse();
    assertThat(SourceNames.ofUpload("inject", 7, "a.pcap", false))
        .isEqualTo("inject.capture.7.a.pcap");
    assertThat(SourceNames.ofUpload("inject", 7, "C:\\x\\<b>\u202e.pcap", true))
        .isEqualTo("inject.replay.7._b__.pcap");
  }

  @Test
  void allElseIsLiveWhateverItsName() {
    assertThat(SourceNames.isFile(SourceNames.ofInterface("pcap"))).isFalse();
    assertThat(SourceNames.isFile(SourceNames.ofInterface("a.capture.1"))).isFalse();
    assertThat(SourceNames.isFile("inject")).isFalse();
    assertThat(SourceNames.isFile("ipfix:4739.0")).isFalse();
    assertThat(SourceNames.isFile("pcap0")).isFalse();
  }

  @Test
  void whatIsPutInByHandOrPacedFollowsTheTrackers() {
    ProcessName process = new ProcessName("edge1-k3v9qx");
    for (String inject : List.of(SourceNames.INJECT, process.unique(SourceNames.INJECT))) {
      assertThat(SourceNames.isFollower(inject)).isTrue();
      assertThat(SourceNames.isFollower(SourceNames.ofUpload(inject, 7, "a.pcap", true))).isTrue();
      assertThat(SourceNames.isFollower(SourceNames.ofUpload(inject, 7, "a.pcap", false)))
          .isFalse();
      for (String file : List.of("my.capture.pcap", "my.replay.1.pcap")) {
        String paced = SourceNames.ofUpload(inject, 7, file, true);
        assertThat(SourceNames.isFollower(paced)).isTrue();
        assertThat(SourceNames.isFile(paced)).isFalse();
        String whole = SourceNames.ofUpload(inject, 7, file, false);
        assertThat(SourceNames.isFollower(whole)).isFalse();
        assertThat(SourceNames.isFile(whole)).isTrue();
      }
    }
    assertThat(SourceNames.isFollower(SourceNames.FILES)).isFalse();
    assertThat(SourceNames.isFollower(SourceNames.ofInterface("a.replay.1"))).isFalse();
    assertThat(SourceNames.isFollower("ipfix:4739.0")).isFalse();
  }

  @Test
  void namesOfAClusterTellTheSameBesideTheirProcess() {
    ProcessName process = new ProcessName("edge1-k3v9qx");
    assertThat(SourceNames.isFile(process.unique(SourceNames.FILES))).isTrue();
    assertThat(SourceNames.isFile(process.unique(SourceNames.ofInterface("pcap")))).isFalse();
    assertThat(SourceNames.isFile(process.unique("ipfix:4739.0"))).isFalse();
    String upload = SourceNames.ofUpload(process.unique("inject"), 7, "a.pcap", false);
    assertThat(upload).isEqualTo("inject.capture.7.a.pcap@edge1-k3v9qx");
    assertThat(SourceNames.isFile(upload)).isTrue();
    assertThat(process.owns(upload)).isTrue();
    assertThat(new ProcessName("edge2-aaaaaa").owns(upload)).isFalse();
    assertThat(ProcessName.ALONE.unique("pcap")).isEqualTo("pcap");
  }
}
