package io.callscope.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.testdata.Capture;
import io.callscope.testdata.Corpus;
import io.callscope.testdata.Options;
import io.callscope.testdata.sbc.SimulateSbc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a user runs it, on interfaces. */
class LiveProgramTest {
  private static final int CALLS = 50;

  @TempDir Path folder;
  private Program program;
  private Namespace namespace;

  @BeforeEach
  void prepare() throws Exception {
    program = new Program(folder);
  }

  @AfterEach
  void stop() throws Exception {
    program.close();
    if (namespace != null) {
      namespace.delete();
    }
  }

  private Namespace namespace() throws Exception {
    if (namespace == null) {
      namespace = Namespace.create();
    }
    return namespace;
  }

  private long counter(String name) throws Exception {
    Matcher matcher =
        Pattern.compile("^" + Pattern.quote(name) + " *: *(\\d+)", Pattern.MULTILINE)
            .matcher(program.out());
    return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
  }

  private void startLive(String... options) throws Exception {
    program.by(namespace().prefix()).start(options);
    program.await("capturing on");
  }

  private void endInGoodOrder() throws Exception {
    program.terminate();
    assertThat(program.end()).isZero();
  }

  /** Calls of SIPp's standard scenario: INVITE, 180, 200, ACK, BYE, 200. */
  private void call() throws Exception {
    namespace.start(folder, "sipp", "-sn", "uas", "-i", "127.0.0.1", "-p", "5060");
    Process caller =
        namespace.start(
            folder,
            "sipp",
            "-sn",
            "uac",
            "-i",
            "127.0.0.1",
            "-p",
            "5070",
            "-m",
            "" + CALLS,
            "-r",
            "" + CALLS,
            "-d",
            "100",
            "127.0.0.1:5060");
    assertThat(caller.waitFor(60, TimeUnit.SECONDS)).as("sipp ends").isTrue();
    assertThat(caller.exitValue()).as("every call succeeds").isZero();
  }

  @Test
  void everyMessageOfCallsIsCaptured() throws Exception {
    Namespace.needs("sipp");
    startLive("-iface", "lo", "-bpf", "udp port 5060", "-evr_limits", "0,0,0");
    call();
    endInGoodOrder();
    // A message that was sent again, on a busy machine, is one more; none is missing.
    assertThat(counter("pkt_stats.parse_ok")).isGreaterThanOrEqualTo(6L * CALLS);
    assertThat(counter("pkt_stats.sip_INVITE")).isGreaterThanOrEqualTo(CALLS);
    assertThat(counter("pkt_stats.tracked_ok_udp")).isEqualTo(counter("pkt_stats.parse_ok"));
    assertThat(counter("feed.acks.records")).isEqualTo(counter("pkt_stats.parse_ok"));
    assertThat(counter("pcap.lo.drop") + counter("pcap.lo.if_drop")).isZero();
    assertThat(counter("ev_rate.published")).as("a start and an end a call").isEqualTo(2 * CALLS);
  }

  /** Each way in has its own counters; calls, events and files of calls are of both. */
  @Test
  void anInterfaceAndSbcsAreFollowedAndDumpedTogether() throws Exception {
    Namespace.needs("sipp");
    Path calls = folder.resolve("calls");
    startLive(
        "-iface",
        "lo",
        "-bpf",
        "udp port 5060",
        "-ipfix_port",
        "4739",
        "-ipfix_addr",
        "127.0.0.1",
        "-evr_limits",
        "0,0,0",
        "-pcap_dump_on",
        "-pcap_dump_dir",
        calls.toString());
    Process sbcs =
        namespace.start(
            folder,
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            SimulateSbc.class.getName(),
            "127.0.0.1:4739",
            "--sbcs",
            "2",
            "--rate",
            "200",
            "--seconds",
            "2",
            "--transports",
            "udp4,udp6,tcp4,tcp6");
    call();
    assertThat(sbcs.waitFor(60, TimeUnit.SECONDS)).as("the SBCs end").isTrue();
    assertThat(sbcs.exitValue()).as("no SBC fails").isZero();
    endInGoodOrder();
    long told = counter("ipfix.sets") - counter("ipfix.conn_open") - counter("ipfix.keepalives");
    assertThat(told).as("SIP of SBCs").isGreaterThan(100);
    long parsed = counter("pkt_stats.parse_ok");
    assertThat(parsed - told).as("SIP of the interface").isGreaterThanOrEqualTo(6L * CALLS);
    assertThat(counter("pkt_stats.tracked_ok_udp") + counter("pkt_stats.tracked_ok_tcp"))
        .isEqualTo(parsed);
    assertThat(counter("pcap_dump.written_msgs")).isEqualTo(parsed);
    List<String> dumped = new ArrayList<>();
    for (Path file : UdpMessages.files(calls)) {
      UdpMessages.of(file).forEach(message -> dumped.add(message.line()));
    }
    long tcp = counter("ipfix.sip_tcp4_in") + counter("ipfix.sip_tcp6_in");
    tcp += counter("ipfix.sip_tcp4_out") + counter("ipfix.sip_tcp6_out");
    assertThat(dumped).as("datagrams in the files").hasSize((int) (parsed - tcp));
  }

  /** Traffic of the generator into one end of a pair, the program at the other. */
  @Test
  void aFilterOfThePortLetsThroughHoweverItIsCarried() throws Exception {
    List<String> carried =
        List.of(
            "--mtu 576",
            "--mtu 1280 --ip 6",
            "--vlan 7",
            "--vlan 7 --vlan 8 --mtu 576",
            "--vxlan 4789 --mtu 576",
            "--vxlan 4789 --ip 6 --vlan 7",
            "--transport tcp --vlan 7",
            "--transport tcp --vxlan 4789");
    List<String> sender = new ArrayList<>();
    sender.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    sender.addAll(List.of("-cp", System.getProperty("java.class.path")));
    sender.addAll(List.of(FrameSender.class.getName(), "left"));
    long messages = 0;
    for (String how : carried) {
      String options = "--calls 25 --seed " + sender.size() + " " + how;
      Capture capture = Corpus.capture(Options.of(options.split(" ", -1)));
      messages += capture.truth().messages();
      Path file = folder.resolve(sender.size() + ".pcap");
      sender.add(Files.write(file, capture.pcap()).toString());
    }
    String pair = "link add left mtu 9000 type veth peer name right mtu 9000";
    namespace().ip(pair.split(" ", -1));
    namespace.ip("link", "set", "left", "up");
    namespace.ip("link", "set", "right", "up");
    startLive(
        "-iface", "right", "-bpf", "port 5060", "-vxlan_ports", "4789", "-pcap_buf_kb", "32768");
    Process sending = namespace.start(folder, sender.toArray(String[]::new));
    assertThat(sending.waitFor(60, TimeUnit.SECONDS)).as("the sender ends").isTrue();
    assertThat(sending.exitValue()).as("everything was sent").isZero();
    endInGoodOrder();
    assertThat(counter("pcap.right.drop") + counter("pcap.right.if_drop")).isZero();
    assertThat(counter("pkt_stats.parse_ok")).isEqualTo(messages);
    assertThat(counter("pkt_stats.ip4_defrag")).isPositive();
    assertThat(counter("pkt_stats.ip6_defrag")).isPositive();
    assertThat(counter("pkt_stats.vxlan")).isPositive();
    assertThat(counter("pkt_stats.sip_tcp")).isPositive();
  }

  @Test
  void anInterfaceMayGoDownAndBeReplaced() throws Exception {
    namespace().ip("link", "add", "left", "type", "veth", "peer", "name", "right");
    namespace.ip("link", "set", "left", "up");
    namespace.ip("link", "set", "right", "up");
    startLive("-iface", "lo,right", "-max_blocked_timeout", "50ms");
    program.await("capturing on right");
    namespace.ip("link", "set", "right", "down");
    program.await("right is down; waiting for it");
    namespace.ip("link", "set", "right", "up");
    program.await("right is up again");
    namespace.ip("link", "del", "left");
    program.await("there is no such interface");
    namespace.ip("link", "add", "left", "type", "veth", "peer", "name", "right");
    namespace.ip("link", "set", "left", "up");
    namespace.ip("link", "set", "right", "up");
    program.await("capturing on right again");
    endInGoodOrder();
    assertThat(counter("pcap.right.downs")).isEqualTo(1);
    assertThat(counter("pcap.right.reopened")).isEqualTo(1);
    assertThat(program.err().lines().filter(line -> line.contains("right"))).hasSizeLessThan(12);
  }

  @Test
  void withoutTheRightToCaptureItSaysWhichOneToGrant() throws Exception {
    Namespace.needs("setpriv");
    program.by(namespace().prefix("setpriv", "--bounding-set", "-net_raw,-net_admin"));
    assertThat(program.run("-iface", "lo")).isEqualTo(255);
    assertThat(program.err().lines().filter(line -> line.startsWith("callscope:")))
        .singleElement()
        .asString()
        .startsWith("callscope: capture cannot start: lo: no right to capture")
        .contains("CAP_NET_RAW");
  }

  @Test
  void anInterfaceThatIsNotThereIsSaid() throws Exception {
    program.by(namespace().prefix());
    assertThat(program.run("-iface", "nosuch")).isEqualTo(255);
    assertThat(program.err())
        .contains("callscope: capture cannot start: nosuch: there is no such interface");
  }

  @Test
  void aBadFilterIsSaidForFilesAndInterfaces() throws Exception {
    for (String[] input : new String[][] {{"-iface", "lo"}, {"-pcap", Program.DEMO.toString()}}) {
      assertThat(program.run(input[0], input[1], "-bpf", "udp prt 5060")).isEqualTo(255);
      assertThat(program.err()).contains("-bpf \"udp prt 5060\": ").contains("syntax error");
    }
  }

  @Test
  void aFilterHoldsForFiles() throws Exception {
    assertThat(program.run("-pcap", Program.DEMO.toString(), "-bpf", "not udp port 5060")).isZero();
    assertThat(counter("pkt_stats.filtered") + counter("pkt_stats.udp")).isEqualTo(2170);
    assertThat(counter("pkt_stats.filtered")).isPositive();
  }

  @Test
  void aFilterWithoutLibpcapSaysWhatToInstallAndFilesNeedNone() throws Exception {
    // A library that is not there stands for a system without it.
    program.with("JAVA_TOOL_OPTIONS", "-Dorg.pcap4j.core.pcapLibName=/no/libpcap.so");
    assertThat(program.run("-pcap", Program.DEMO.toString())).isZero();
    for (String[] options :
        new String[][] {{"-iface", "lo"}, {"-pcap", Program.DEMO.toString(), "-bpf", "udp"}}) {
      assertThat(program.run(options)).isEqualTo(255);
      assertThat(program.err()).contains("needs libpcap").contains("apt install libpcap0.8");
    }
  }
}
