package io.callscope.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OneJvmTest {
  @TempDir Path folder;

  @Test
  void oneJvmNeedsAndLoadsNoPartOfACluster() throws Exception {
    Path loaded = folder.resolve("classes");
    try (Program program = new Program(folder)) {
      int code =
          program
              .without("hazelcast")
              .java("-Xlog:class+load:file=" + loaded)
              .run("-pcap", Program.DEMO.toString());
      assertThat(code).as(program.err()).isZero();
      assertThat(program.out()).containsPattern("parse_ok: +2170");
    }
    assertThat(Files.readString(loaded))
        .contains("io.callscope.launcher.LocalNetwork")
        .doesNotContain("hazelcast")
        .doesNotContain("io.callscope.cluster");
  }
}
