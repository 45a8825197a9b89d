package io.callscope.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrossChecksTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "pcap=x; ''",
        "iface=lo; ''",
        "pcap=x bpf=udp; ''",
        "ipfix_port=4739; ''",
        "cluster=1 roles=tracker; ''",
        "roles=tracker; roles: needs -cluster",
        "cluster=1 roles=tracker,web; role web: needs -http_port PORT",
        "cluster=1 roles=capture; role capture: needs -pcap FILES or -iface NAME",
        "bpf=udp; bpf: needs -pcap or -iface to filter",
        "pcap=x pcap_dump_on=1; pcap_dump_on: needs -pcap_dump_dir",
        "pcap=x pcap_dump_on=1 pcap_dump_dir=d; ''",
        "pcap=x pcap_dump_dir=d; ''",
        "pcap=x http_port=1 http_tls_cert=c; http_tls_cert: needs -http_tls_key",
        "pcap=x http_port=1 http_tls_key=c; http_tls_key: needs -http_tls_cert",
        "pcap=x http_port=1 http_tls_cert=c http_tls_key=k; ''",
        "pcap=x http_port=1 health_port=1; health_port: must not be 1 as -http_port is",
        "pcap=x http_port=1 health_port=1 health_addr=::1; ''",
        "pcap=x ipfix_port=1 health_port=1 ipfix_addr=127.0.0.1; ipfix_port: must not be 1 as -health_port is",
        "pcap=x http_users=u; http_users: needs -http_port",
        "pcap=x http_hosts=h; http_hosts: needs -http_port",
        "pcap=x http_session_idle=0s; http_session_idle: must be above 0",
        "pcap=x cluster_addr=h; cluster_addr: needs -cluster",
        "pcap=x cluster=1 cluster_addr=h; ''",
        "pcap=x cluster=1 cluster_tls_ca=h; cluster_tls_ca: needs -cluster_tls_cert",
        "pcap=x tcp_msg_buf=20000; tcp_msg_buf_max: must be at least -tcp_msg_buf"
      })
  void optionsThatNeedEachOtherAreChecked(String given, String problem) throws Exception {
    Map<Option<?>, Settings.Given<?>> values = new HashMap<>();
    for (String pair : ListText.fileNames(given)) {
      int cut = pair.indexOf('=');
      put(values, Options.named(pair.substring(0, cut)), pair.substring(cut + 1));
    }
    assertThat(CrossChecks.problems(new Settings(values), Set.of(), true))
        .extracting(Problem::text)
        .isEqualTo(problem.isEmpty() ? List.of() : List.of(problem));
  }

  private static <T> void put(
      Map<Option<?>, Settings.Given<?>> values, Option<T> option, String text)
      throws BadValueException {
    values.put(
        option, new Settings.Given<>(option, option.syntax().parse(text), Origin.COMMAND_LINE));
  }
}
