package io.callscope.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.ProcessName;
import io.callscope.bus.SourceNames;
import io.callscope.capture.config.CaptureConfig;
import io.callscope.capture.config.FileInput;
import io.callscope.capture.config.InterfaceInput;
import io.callscope.config.Settings;
import io.callscope.config.SettingsException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaptureSettingsTest {
  private static List<CaptureConfig> configs(String... options) throws SettingsException {
    return CaptureSettings.of(Settings.load(List.of(options), Map.of()), ProcessName.ALONE, 2);
  }

  @Test
  void eachInterfaceIsASourceOfItsOwn() throws SettingsException {
    List<CaptureConfig> configs =
        configs("-iface", "eth0,eth1,eth0", "-bpf", " udp ", "-pcap_buf_kb", "4096");
    assertThat(configs)
        .extracting(CaptureConfig::source)
        .containsExactly("iface:eth0", "iface:eth1");
    assertThat(configs)
        .extracting(CaptureConfig::instance)
        .containsExactly("capture.eth0", "capture.eth1");
    assertThat(configs).allMatch(config -> config.filter().equals("udp"));
    assertThat(configs)
        .allMatch(config -> config.creditsPerPartition() == CaptureConfig.LIVE_CREDITS);
    assertThat(configs.get(1).input()).isEqualTo(new InterfaceInput("eth1", 4096, 250));
    assertThat(CaptureSettings.ending(configs)).as("they run until they are stopped").isEmpty();
  }

  @Test
  void filesWinOverInterfaces() throws SettingsException {
    List<CaptureConfig> configs = configs("-iface", "eth0", "-pcap", "a.pcap b.pcap");
    assertThat(configs).hasSize(1);
    assertThat(((FileInput) configs.get(0).input()).files()).containsExactly("a.pcap", "b.pcap");
    assertThat(CaptureSettings.ending(configs)).containsExactly(SourceNames.FILES);
  }

  @ParameterizedTest
  @CsvSource({
    "250ms, 30s, 250",
    "10s, 2s, 2000",
    "0s, 30s, 30000",
    "-1s, 30s, 30000",
    "1s, 0s, 1000",
    "0s, -5s, 0",
    "1us, 30s, 1",
  })
  void aReadBlocksForTheShorterOfTwoTimes(String blocked, String housekeeping, int millis)
      throws SettingsException {
    Settings settings =
        Settings.load(
            List.of(
                "-iface", "lo", "-max_blocked_timeout=" + blocked, "-tcp_gc_int=" + housekeeping),
            Map.of());
    assertThat(CaptureSettings.readTimeoutMillis(settings)).isEqualTo(millis);
  }
}
