package io.callscope.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Good and bad values by option; a good one is compared by its printed form. */
class SyntaxTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "http_port; 8080; 8080",
        "http_port; 0x1F90; 8080",
        "http_port; 0o17; 15",
        "http_port; 017; 15",
        "http_port; 0b101; 5",
        "http_port; 6_553; 6553",
        "http_port; +1; 1",
        "http_port; 65535; 65535",
        "log_level; -3; -3",
        "log_level; 9; 9",
        "reg_del_delay; -0x10; -16",
        "calls_max_mem; 9223372036854775807; 9223372036854775807",
        "replay; T; true",
        "replay; False; false",
        "replay_scale; 0.1; 0.1",
        "replay_scale; -1; -1",
        "replay_scale; 1e3; 1000",
        "replay_scale; .5; 0.5",
        "tcp_gc_int; -1s; -1s",
        "evr_limits; 20.5; 20.5,240,3600",
        "evr_limits; [1, 2, 3,]; 1,2,3",
        "evr_limits; 0|-1; 0,-1,3600",
        "evr_limits; ; 20,240,3600",
        "evr_intervals; 5s 0; 5s,0s,1h0m0s",
        "evr_max_entries; 0; 0",
        "event_types_blst; Call-Start msg-probe; call-start,msg-probe",
        "event_types_blst; [call-end|,reg-new]; call-end,reg-new",
        "vxlan_ports; 4789,0 8472; 4789,0,8472",
        "stats_groups; calls,regs; calls,regs",
        "stats_groups; calls * regs; all",
        "stats_groups; none; none",
        "stats_groups; -; none",
        "stats_groups; calls.:10s; calls",
        "stats_groups; ; all",
        "calls_timeouts; inv_1st: 30s; inv_1st: 30s",
        "calls_timeouts; \"{inv_established: 7200s, inv_1st 30s}\"; \"inv_1st: 30s, inv_established: 2h0m0s\"",
        "calls_timeouts; inv_1st : 30s; inv_1st: 30s",
        "calls_timeouts; inv_1st:,30s; inv_1st: 30s",
        "calls_timeouts; INV_NEG 1500ms; inv_neg: 1s",
        "calls_timeouts; inv_neg 5s inv_neg 7s; inv_neg: 7s",
        "calls_timeouts; inv_neg 5s inv_neg 0; \"\"",
        "calls_timeouts; init -1s; \"\"",
        "pcap; \"a.pcap  b.pcap\"; a.pcap b.pcap",
        "pcap; a\\ b.pcap -; a\\ b.pcap -",
        "pcap; C:\\x\\\\y; C:\\\\x\\\\y",
        "roles; capture,Tracker; capture,tracker",
        "log_format; JSON; json",
        "trace_mem; 0; 0",
        "trace_mem; 1048576; 1MiB",
        "trace_mem; 2g; 2GiB",
        "trace_mem; 1500; 1500",
        "trace_mem; 512KiB; 512KiB",
        "ipfix_allow; 192.0.2.7/24 10.0.0.1; 192.0.2.0/24,10.0.0.1/32",
        "ipfix_allow; 2001:db8::1/32; 2001:db8::/32",
        "http_addr; ::; ::"
      })
  void reads(String name, String text, String printed) throws Exception {
    assertThat(reread(Options.named(name), text == null ? "" : text)).isEqualTo(printed);
  }

  private static <T> String reread(Option<T> option, String text) throws BadValueException {
    T value = option.syntax().parse(text);
    String printed = option.syntax().print(value);
    assertThat(option.syntax().parse(printed)).isEqualTo(value);
    return printed;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "http_port; 65536; whole number from 0 to 65535",
        "http_port; -1; 0 to 65535",
        "http_port; 08; whole number",
        "http_port; 1__0; whole number",
        "http_port; _1; whole number",
        "http_port; 1_; whole number",
        "http_port; 80 80; whole number",
        "http_port; ''; whole number",
        "calls_max_entries; -1; whole number",
        "calls_max_entries; 99999999999999999999; whole number",
        "event_buffer_size; 0; from 1",
        "pcap_dump_workers; 0; from 1",
        "pcap_dump_workers; -4; from 1",
        "pcap_dump_queue_len; 0; from 1",
        "replay; yes; true or false",
        "replay; TrUe; true or false",
        "replay_scale; x; number",
        "replay_scale; 1d; number",
        "replay_scale; NaN; number",
        "replay_scale; 1e999; number",
        "end_wait; 5; duration",
        "end_wait; -5s; 0 or more",
        "evr_gc_interval; -1s; 0 or more",
        "evr_limits; 1 2 3 4; at most 3",
        "evr_limits; 1 a b; \"a\" must be a number such as 20 or 0.5; \"b\"",
        "evr_intervals; 1s -1s; 0 or more",
        "evr_intervals; 1 2s; duration",
        "event_types_blst; call-strat; must be one of call-start, call-end",
        "event_types_blst; empty; must be one of",
        "websocket_ports; 80 65536; \"65536\" must be",
        "stats_groups; calls:x; duration",
        "stats_groups; .; names of counter groups",
        "calls_timeouts; inv_1st; at \"inv_1st\"",
        "calls_timeouts; inv_1st:; at \"inv_1st\"",
        "calls_timeouts; inv_1st::1s; at \"inv_1st\"",
        "calls_timeouts; :1s; at \":\"",
        "calls_timeouts; inv_1st 30; duration",
        "calls_timeouts; nope 3s; must be one of init, inv_1st",
        "calls_timeouts; init 6s; init must be 1s to 5s",
        "calls_timeouts; init 500ms; init must be 1s to 5s",
        "calls_timeouts; inv_established 9s; 10s to 86400s",
        "roles; all; must be one of capture, ipfix, tracker, pcapdump, web",
        "log_format; xml; must be one of text, json",
        "trace_mem; -1; size such as 64MiB",
        "trace_mem; 2TiB; size such as",
        "trace_mem; 9999999999g; at most 1024GiB",
        "ipfix_allow; 10.0.0.0/33; must be an address or block",
        "ipfix_allow; host; must be an address or block",
        "http_addr; ' '; must be an address or host name"
      })
  void refuses(String name, String text, String reason) {
    assertThatThrownBy(() -> Options.named(name).syntax().parse(text))
        .isInstanceOf(BadValueException.class)
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyDefaultIsWhatItsTextReads(Option<?> option) throws Exception {
    assertThat(option.syntax().parse(option.defaultText())).isEqualTo(option.defaultValue());
  }

  static List<Option<?>> all() {
    return Options.ALL;
  }
}
