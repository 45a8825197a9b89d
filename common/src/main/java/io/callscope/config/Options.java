package io.callscope.config;

import static io.callscope.config.OptionGroup.CALLS;
import static io.callscope.config.OptionGroup.DUMP;
import static io.callscope.config.OptionGroup.END;
import static io.callscope.config.OptionGroup.EVENTS;
import static io.callscope.config.OptionGroup.FILES;
import static io.callscope.config.OptionGroup.IPFIX;
import static io.callscope.config.OptionGroup.LIVE;
import static io.callscope.config.OptionGroup.LOGGING;
import static io.callscope.config.OptionGroup.PROGRAM;
import static io.callscope.config.OptionGroup.REGISTRATIONS;
import static io.callscope.config.OptionGroup.SCALE;
import static io.callscope.config.OptionGroup.TCP;
import static io.callscope.config.OptionGroup.WEB;

import io.callscope.bus.EventType;
import io.callscope.net.IpNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * All options, in the order in which pages list them. One table, so longer than other files; {@code
 * docs/configuration.md} says the same and a test compares the two.
 */
public final class Options {
  // Filled while this class is initialised, so that the order of the constants is the order of ALL.
  private static final List<Option<?>> TABLE = new ArrayList<>();
  private static final Syntax<Integer> INTEGER = whole("N");
  private static final Syntax<Integer> SECONDS = whole("SECONDS");
  private static final Syntax<Integer> LEVEL = whole("LEVEL");
  private static final Syntax<Integer> COUNT = Syntaxes.count(0);
  private static final Syntax<Integer> PORT = Syntaxes.integer("PORT", 0, 65535);
  private static final Syntax<Integer> BUFFER = Syntaxes.integer("BYTES", 0, 1 << 24);
  private static final Syntax<Long> WIDE = Syntaxes.wide(0xffff_ffffL);
  private static final Syntax<String> TEXT = Syntaxes.text("TEXT");
  private static final Syntax<String> FILE = Syntaxes.text("FILE");
  private static final Syntax<Duration> DURATION = Syntaxes.DURATION;
  private static final List<Duration> SECOND_MINUTE_HOUR =
      List.of(Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofHours(1));

  public static final Option<Boolean> VERBOSE =
      toggle("verbose", LOGGING)
          .says(
              "very detailed messages for each packet in the parse log; needs "
                  + "-parse_log_level 3");

  public static final Option<Integer> LOG_LEVEL =
      option("log_level", LOGGING, LEVEL, 2)
          .says(
              "how much the log says: -3 to -1 errors, 0 warnings, 1 and 2 notices, 3 "
                  + "debugging; below nothing, above all");

  public static final Option<Integer> LOG_OPT =
      option("log_opt", LOGGING, COUNT, 1)
          .says(
              "bit mask of what a line of the log starts with: 1 short source location, 2 "
                  + "full source location, 4 local time, 8 short call stack, 16 full call stack");

  public static final Option<Integer> PARSE_LOG_LEVEL =
      option("parse_log_level", LOGGING, LEVEL, 1)
          .says(
              "as -log_level, for the log of captured packets and messages that do not " + "parse");

  public static final Option<Integer> PARSE_LOG_OPT =
      option("parse_log_opt", LOGGING, COUNT, 0).says("as -log_opt, for that log");

  public static final Option<Integer> DEBUG_CALLTR =
      option("debug_calltr", LOGGING, COUNT, 1)
          .says("bit mask; 1 holds entries and timers against each other after each batch");

  public static final Option<List<String>> PCAP =
      option("pcap", FILES, Syntaxes.FILES, List.of())
          .says(
              "pcap or pcapng files in this order, separated by spaces; a backslash makes a "
                  + "space part of a name; - reads standard input; wins over -iface");

  public static final Option<Integer> PCAP_LOOP =
      option("pcap_loop", FILES, COUNT, 0)
          .says("how often the whole list of files is read; 0 and 1 are once");

  public static final Option<String> PCAP_DUMP_DIR =
      option("pcap_dump_dir", DUMP, Syntaxes.text("DIR"), "").says("directory of the files");

  public static final Option<String> PCAP_DUMP_PREFIX =
      option("pcap_dump_prefix", DUMP, TEXT, "callid_").says("start of each file name");

  public static final Option<String> PCAP_DUMP_SUFFIX =
      option("pcap_dump_suffix", DUMP, TEXT, "")
          .says("end of each file name, before the extension");

  public static final Option<String> PCAP_DUMP_EXTENSION =
      option("pcap_dump_extension", DUMP, TEXT, "pcap")
          .says("extension of each file name; empty for none");

  public static final Option<Integer> PCAP_DUMP_SUBDIRS =
      option("pcap_dump_subdirs", DUMP, INTEGER, 0)
          .says("number of subdirectories the files are spread over; 0 or less for none");

  public static final Option<Integer> PCAP_DUMP_FLAGS =
      option("pcap_dump_flags", DUMP, INTEGER, 0).says("reserved, without effect");

  public static final Option<Boolean> PCAP_DUMP_ON =
      toggle("pcap_dump_on", DUMP).says("write a file per call; needs -pcap_dump_dir");

  public static final Option<Boolean> PCAP_DUMP_ONERR =
      toggle("pcap_dump_onerr", DUMP)
          .says(
              "also append messages with errors whose Call-ID is readable to files that "
                  + "exist");

  public static final Option<Integer> PCAP_DUMP_WORKERS =
      option("pcap_dump_workers", DUMP, Syntaxes.integer("N", 1, 1024), 16)
          .says("writers; a call always has the same one");

  public static final Option<Integer> PCAP_DUMP_QUEUE_LEN =
      option("pcap_dump_queue_len", DUMP, Syntaxes.count(1), 10000)
          .says("messages that may wait for a writer; more are dropped and counted");

  public static final Option<Duration> PCAP_DUMP_FLUSH =
      option("pcap_dump_flush", DUMP, DURATION, Duration.ofSeconds(1))
          .says(
              "how long messages of a call may be gathered before they are written; 0 writes "
                  + "each batch at once");

  public static final Option<Integer> PCAP_DUMP_MAX_OPEN =
      option("pcap_dump_max_open", DUMP, Syntaxes.integer("N", 1, 1 << 20), 1024)
          .says("files that are kept open, in all writers together");

  public static final Option<Long> PCAP_DUMP_MEM =
      option("pcap_dump_mem", DUMP, Syntaxes.size(1L << 40), 64L << 20)
          .says("memory for gathered messages, in all writers together");

  public static final Option<Long> PCAP_DUMP_MAX_SIZE =
      option("pcap_dump_max_size", DUMP, Syntaxes.size(1L << 60), 0L)
          .says("bytes all files may have together; the oldest go first; 0 for no limit");

  public static final Option<Duration> PCAP_DUMP_MAX_AGE =
      option("pcap_dump_max_age", DUMP, DURATION, Duration.ZERO)
          .says("time since its last message after which a file goes; 0 for never");

  public static final Option<Boolean> REPLAY =
      toggle("replay", FILES)
          .says("keep the gaps between packets as they were captured, instead of full speed");

  public static final Option<Duration> REPLAY_MIN_DELAY =
      option("replay_min_delay", FILES, DURATION, Duration.ZERO)
          .alias("min_delay")
          .says("shortest gap of a replay");

  public static final Option<Duration> REPLAY_MAX_DELAY =
      option("replay_max_delay", FILES, DURATION, Duration.ZERO)
          .alias("max_delay")
          .says("longest gap of a replay, also above -replay_min_delay; 0 for no limit");

  public static final Option<Double> REPLAY_SCALE =
      option("replay_scale", FILES, Syntaxes.REAL, 0.0)
          .alias("delay_scale")
          .says("factor on the gaps: below 1 is faster, above 1 slower; 0 or less as captured");

  public static final Option<Boolean> RUN_FOREVER =
      toggle("run_forever", END)
          .alias("forever")
          .says("stay after the end of the files until stopped by a signal");

  public static final Option<List<String>> IFACE =
      option("iface", LIVE, Syntaxes.words("NAME,..."), List.of())
          .says("interfaces to capture on, each by a thread of its own; any for all in one");

  public static final Option<Integer> PCAP_BUF_KB =
      option("pcap_buf_kb", LIVE, Syntaxes.integer("KIB", 0, 4 << 20), 0)
          .says("kernel buffer of the capture in KiB; 0 leaves the default of libpcap");

  public static final Option<String> BPF =
      option("bpf", LIVE, Syntaxes.text("FILTER"), "")
          .says(
              "filter in the syntax of libpcap, for files and live capture; empty for none. What "
                  + "is inside a packet counts too: behind VLAN tags, in tunnels, in all fragments "
                  + "of a datagram");

  public static final Option<String> IPFIX_ADDR =
      option("ipfix_addr", IPFIX, Syntaxes.text("ADDRESS"), "")
          .says("address or host name to listen on; empty for all IPv4 addresses");

  public static final Option<Integer> IPFIX_PORT =
      option("ipfix_port", IPFIX, PORT, 0).says("TCP port of the collector; 0 for no collector");

  public static final Option<Integer> IPFIX_TIMEOUT_MIN =
      option("ipfix_timeout_min", IPFIX, SECONDS, 0)
          .says(
              "shortest timeout of a connection in seconds; 0 for the other one; both 0 "
                  + "accept any, both negative none");

  public static final Option<Integer> IPFIX_TIMEOUT_MAX =
      option("ipfix_timeout_max", IPFIX, SECONDS, 0)
          .says("longest timeout of a connection in seconds, as -ipfix_timeout_min");

  public static final Option<Boolean> IPFIX_IGNORE_INGRESS =
      toggle("ipfix_ignore_ingress", IPFIX).says("drop messages the SBC received");

  public static final Option<Boolean> IPFIX_IGNORE_EGRESS =
      toggle("ipfix_ignore_egress", IPFIX).says("drop messages the SBC sent");

  public static final Option<Integer> HTTP_PORT =
      option("http_port", WEB, PORT, 0)
          .alias("p")
          .says("TCP port of pages, API and metrics; 0 for no web server");

  public static final Option<String> HTTP_ADDR =
      option(
              "http_addr",
              WEB,
              Syntaxes.word("ADDRESS", "an address or host name, 0.0.0.0 or :: for all"),
              "127.0.0.1")
          .says(
              "address or host name to listen on; 0.0.0.0 for all IPv4 addresses, :: for " + "all");

  public static final Option<Duration> TCP_GC_INT =
      option("tcp_gc_int", TCP, Syntaxes.ANY_DURATION, Duration.ofSeconds(30))
          .says("period of looking for stale TCP streams; 0 or less for never");

  public static final Option<Duration> TCP_REORDER_TIMEOUT =
      option("tcp_reorder_timeout", TCP, DURATION, Duration.ofMinutes(1))
          .says("time to wait for a missing segment before the hole is skipped");

  public static final Option<Duration> TCP_CONNECTION_TIMEOUT =
      option("tcp_connection_timeout", TCP, DURATION, Duration.ofHours(1))
          .says("time without data after which a stream is closed");

  public static final Option<Integer> TCP_MSG_BUF =
      option("tcp_msg_buf", TCP, BUFFER, 4096)
          .says("first size of the message buffer of a stream in bytes; 0 for 8192");

  public static final Option<Integer> TCP_MSG_BUF_MAX =
      option("tcp_msg_buf_max", TCP, BUFFER, 16384)
          .says(
              "largest size of that buffer in bytes, at most 65535; longer bodies are cut, and "
                  + "messages with longer headers dropped");

  public static final Option<Integer> TCP_MAX_STREAMS =
      option("tcp_max_streams", TCP, Syntaxes.integer("N", 2, 1 << 27), 500_000)
          .says("most TCP streams at a time, two for each connection; the oldest make room");

  public static final Option<Long> TCP_MAX_MEM =
      option("tcp_max_mem", TCP, Syntaxes.bigCount(), 64L << 20)
          .says("most bytes of segments and messages that wait to become whole, of all streams");

  public static final Option<Duration> MAX_BLOCKED_TIMEOUT =
      option("max_blocked_timeout", LIVE, Syntaxes.ANY_DURATION, Duration.ofMillis(250))
          .says("longest time a read of the capture may block; 0 or less without limit");

  public static final Option<Long> CALLS_MAX_ENTRIES =
      option("calls_max_entries", CALLS, Syntaxes.bigCount(), 0L)
          .says("largest number of call entries; 0 for no limit");

  public static final Option<Long> CALLS_MAX_MEM =
      option("calls_max_mem", CALLS, Syntaxes.bigCount(), 0L)
          .says("largest memory of call entries in bytes; 0 for no limit");

  public static final Option<Map<CallStateTimeout, Integer>> CALLS_TIMEOUTS =
      option("calls_timeouts", CALLS, Syntaxes.TIMEOUTS, Map.of())
          .says(
              "time limits of call states, in whole seconds, for example inv_1st: 60s, "
                  + "inv_neg: 10s; a state with 0 keeps its default");

  public static final Option<Long> REGS_MAX_ENTRIES =
      option("regs_max_entries", REGISTRATIONS, Syntaxes.bigCount(), 0L)
          .says("largest number of bindings; 0 for no limit");

  public static final Option<Long> REGS_MAX_MEM =
      option("regs_max_mem", REGISTRATIONS, Syntaxes.bigCount(), 0L)
          .says("largest memory of bindings in bytes; 0 for no limit");

  public static final Option<Integer> EVENT_BUFFER_SIZE =
      option("event_buffer_size", EVENTS, Syntaxes.integer("N", 1, 1 << 24), 10240)
          .says("events kept for the pages");

  public static final Option<List<EventType>> EVENT_TYPES_BLST =
      option("event_types_blst", EVENTS, Syntaxes.EVENT_TYPES, List.of())
          .says("event types that are dropped");

  public static final Option<Long> EVR_MAX_ENTRIES =
      option("evr_max_entries", EVENTS, WIDE, 1L << 20)
          .says(
              "largest number of rate entries (one per event type and source address); 0 "
                  + "for no limit");

  public static final Option<List<Double>> EVR_LIMITS =
      option("evr_limits", EVENTS, Syntaxes.LIMITS, List.of(20.0, 240.0, 3600.0))
          .says(
              "events of a type and source address let through per interval of "
                  + "-evr_intervals; 0 for no limit");

  public static final Option<List<Duration>> EVR_INTERVALS =
      option("evr_intervals", EVENTS, Syntaxes.INTERVALS, SECOND_MINUTE_HOUR)
          .says("intervals of -evr_limits; 0 leaves one out");

  public static final Option<Long> EVR_CONSEQ_REPORT_MIN =
      option("evr_conseq_report_min", EVENTS, WIDE, 100L)
          .says(
              "of consecutive events over the limit the first is let through, then this "
                  + "one, then at each doubling; 0 for none of these");

  public static final Option<Long> EVR_CONSEQ_REPORT_MAX =
      option("evr_conseq_report_max", EVENTS, WIDE, 10000L)
          .says(
              "from this one on only its multiples are let through; 0 for doubling without "
                  + "end");

  public static final Option<Duration> EVR_GC_INTERVAL =
      option("evr_gc_interval", EVENTS, DURATION, Duration.ofSeconds(10))
          .says("period of removing old rate entries; 0 for never");

  public static final Option<Duration> EVR_GC_OLD_AGE =
      option("evr_gc_old_age", EVENTS, DURATION, Duration.ofMinutes(5))
          .says("time since its last event let through after which a rate entry is removed");

  public static final Option<Duration> EVR_GC_MAX_RUN_TIME =
      option("evr_gc_max_run_time", EVENTS, DURATION, Duration.ofSeconds(1))
          .says("bounds the work of one removal, as the time it stands for: " + WalkedEntries.HINT);

  public static final Option<Long> EVR_GC_TARGET =
      option("evr_gc_target", EVENTS, WIDE, 10L)
          .says("number of rate entries at which a removal stops");

  public static final Option<Long> REG_EXP_DELTA =
      option("reg_exp_delta", REGISTRATIONS, WIDE, 30L)
          .says("seconds a binding may be overdue before it counts as expired");

  public static final Option<Long> REG_EXP_MAX =
      option("reg_exp_max", REGISTRATIONS, WIDE, 259_200L)
          .says(
              "longest lifetime of a binding in seconds: one that its registrar grants for longer "
                  + "counts as expired then, if it is not refreshed; 0 for no limit");

  public static final Option<Integer> REG_DEL_DELAY =
      option("reg_del_delay", REGISTRATIONS, SECONDS, 0)
          .says(
              "seconds a reg-del event is held back, for a contact that registers again "
                  + "meanwhile; 0 or less for none");

  public static final Option<Boolean> CONTACT_IGNORE_PORT =
      toggle("contact_ignore_port", REGISTRATIONS).says("compare Contact URIs without their ports");

  public static final Option<List<Integer>> VXLAN_PORTS =
      option("vxlan_ports", LIVE, Syntaxes.PORTS, List.of())
          .says("UDP destination ports of VXLAN, whose inner frames are decoded; 0 is ignored");

  public static final Option<List<Integer>> WEBSOCKET_PORTS =
      option("websocket_ports", TCP, Syntaxes.PORTS, List.of())
          .says("TCP ports of SIP over WebSocket; 0 is ignored");

  public static final Option<Duration> END_FORCE_TIMEOUT =
      option("end_force_timeout", END, DURATION, Duration.ZERO)
          .says(
              "time to which the timers of all entries are shortened after the end of the "
                  + "input, for their last events; 0 leaves them");

  public static final Option<Duration> END_WAIT =
      option("end_wait", END, DURATION, Duration.ZERO)
          .says("time to stay after the end of the files; -run_forever wins");

  public static final Option<List<String>> STATS_GROUPS =
      option("stats_groups", END, Syntaxes.STATS_GROUPS, List.of("all"))
          .says("counter groups printed at the end, each with its sub-groups; all or none");

  public static final Option<String> CONFIG =
      option("config", PROGRAM, FILE, "").says("YAML file of options");

  public static final Option<String> HTTP_USERS =
      option("http_users", WEB, FILE, "")
          .hidden()
          .says("file of users, roles and password hashes; empty for no authentication");

  public static final Option<String> HTTP_TLS_CERT =
      option("http_tls_cert", WEB, FILE, "")
          .says("certificate chain of the web server, PEM; needs -http_tls_key");

  public static final Option<String> HTTP_TLS_KEY =
      option("http_tls_key", WEB, FILE, "").hidden().says("private key of the web server, PEM");

  public static final Option<List<String>> HTTP_HOSTS =
      option("http_hosts", WEB, Syntaxes.words("NAME,..."), List.of())
          .says(
              "names by which clients may reach the web server, besides its own and addresses; * "
                  + "for any");

  public static final Option<List<IpNetwork>> HTTP_PROXIES =
      option("http_proxies", WEB, Syntaxes.BLOCKS, List.of())
          .says(
              "addresses and CIDR blocks of reverse proxies, whose X-Forwarded-For and "
                  + "X-Forwarded-Proto are believed");

  public static final Option<Duration> HTTP_SESSION_IDLE =
      option("http_session_idle", WEB, DURATION, Duration.ofHours(2))
          .says("time without a request after which a browser is logged out");

  public static final Option<Duration> HTTP_SESSION_MAX =
      option("http_session_max", WEB, DURATION, Duration.ofHours(12))
          .says("time after which a browser must log in again");

  public static final Option<Integer> HTTP_MAX_CONNECTIONS =
      option("http_max_connections", WEB, Syntaxes.integer("N", 1, 65535), 1024)
          .says("connections of clients at a time; idle ones make room for new ones");

  public static final Option<Boolean> BUS_BRIDGE =
      toggle("bus_bridge", WEB)
          .says(
              "let other programs listen to events, counters and sources of the event bus, by "
                  + "WebSockets of the web server");

  public static final Option<Integer> HEALTH_PORT =
      option("health_port", WEB, PORT, 0)
          .says(
              "TCP port that answers /health/live and /health/ready alone, also without a web "
                  + "server; 0 for none");

  public static final Option<String> HEALTH_ADDR =
      option(
              "health_addr",
              WEB,
              Syntaxes.word("ADDRESS", "an address or host name, 0.0.0.0 or :: for all"),
              "127.0.0.1")
          .says("address or host name to listen on for that");

  public static final Option<List<IpNetwork>> IPFIX_ALLOW =
      option("ipfix_allow", IPFIX, Syntaxes.BLOCKS, List.of())
          .says("addresses and CIDR blocks that may connect to the collector; empty for all");

  public static final Option<Integer> IPFIX_MAX_CONNECTIONS =
      option("ipfix_max_connections", IPFIX, Syntaxes.integer("N", 1, 65535), 4096)
          .says(
              "SBCs connected at a time; the oldest connection without a handshake makes room for "
                  + "a new one");

  public static final Option<QualityReports> IPFIX_QOS =
      option(
              "ipfix_qos",
              IPFIX,
              Syntaxes.choice("WHAT", QualityReports.class, QualityReports::text),
              QualityReports.OFF)
          .says(
              "media quality SBCs are asked to report: off, rtp for what they count themselves, "
                  + "rtcp for that and what the far ends report");

  public static final Option<Duration> IPFIX_QOS_WAIT =
      option("ipfix_qos_wait", IPFIX, DURATION, Duration.ofSeconds(1))
          .says(
              "how long the call-end of a call waits for its report, where its SBC sends such "
                  + "reports; events behind it wait too; 0 for not at all");

  public static final Option<Integer> IPFIX_INSTANCES =
      option("ipfix_instances", IPFIX, Syntaxes.integer("N", 1, 64), 1)
          .says("collectors that share the port, each with a thread of its own");

  public static final Option<List<Role>> ROLES =
      option("roles", SCALE, Syntaxes.choices("ROLE,...", Role.class, Role::text), List.of())
          .says(
              "services this process of a cluster runs: capture, ipfix, tracker, pcapdump, web; "
                  + "empty for all that the other options ask for");

  public static final Option<Integer> PARTITIONS =
      option("partitions", SCALE, Syntaxes.integer("N", 0, 1024), 0)
          .says(
              "partitions of call tracking, which work in parallel; 0 for as many as there "
                  + "are processors, 16 in a cluster, where all processes need the same number");

  public static final Option<Long> TRACE_MEM =
      option("trace_mem", SCALE, Syntaxes.size(1L << 40), 64L << 20)
          .says(
              "memory for raw messages of recent traffic, shown with their calls; 0 for " + "none");

  public static final Option<Boolean> CLUSTER =
      toggle("cluster", SCALE).says("join other processes with Hazelcast");

  public static final Option<String> CLUSTER_NAME =
      option("cluster_name", SCALE, Syntaxes.text("NAME"), "callscope")
          .says("name of the cluster: processes join those of the same name only");

  public static final Option<List<String>> CLUSTER_MEMBERS =
      option("cluster_members", SCALE, Syntaxes.words("HOST[:PORT],..."), List.of())
          .says(
              "where other processes of the cluster are looked for; a name may stand for several "
                  + "addresses; empty for the own address, ports 5701 to 5716");

  public static final Option<String> CLUSTER_ADDR =
      option("cluster_addr", SCALE, Syntaxes.text("ADDRESS"), "127.0.0.1")
          .says("own address in the cluster: on the loopback or a private network");

  public static final Option<Boolean> CLUSTER_PUBLIC =
      toggle("cluster_public", SCALE)
          .says(
              "-cluster_addr may be a public address, where whoever reaches the port of the members "
                  + "can join");

  public static final Option<Integer> CLUSTER_PORT =
      option("cluster_port", SCALE, Syntaxes.integer("PORT", 0, 65_535), 0)
          .says("TCP port for other members; 0 for the first that is free from 5701 to 5716");

  public static final Option<Integer> CLUSTER_BUS_PORT =
      option("cluster_bus_port", SCALE, Syntaxes.integer("PORT", 0, 65_535), 0)
          .says("TCP port of the event bus between processes; 0 for any that is free");

  public static final Option<Duration> CLUSTER_WAIT =
      option("cluster_wait", SCALE, DURATION, Duration.ofMinutes(1))
          .says("how long a process looks for one that tracks calls before it gives up");

  public static final Option<String> CLUSTER_TLS_CERT =
      option("cluster_tls_cert", SCALE, FILE, "")
          .says("certificate chain of this process on the event bus between processes, PEM");

  public static final Option<String> CLUSTER_TLS_KEY =
      option("cluster_tls_key", SCALE, FILE, "").hidden().says("private key of this process, PEM");

  public static final Option<String> CLUSTER_TLS_CA =
      option("cluster_tls_ca", SCALE, FILE, "")
          .says(
              "certificates of the authorities that other processes must have theirs from, "
                  + "PEM");

  public static final Option<LogFormat> LOG_FORMAT =
      option(
              "log_format",
              LOGGING,
              Syntaxes.choice("FORMAT", LogFormat.class, LogFormat::text),
              LogFormat.TEXT)
          .says("text for lines for people, json for one JSON object a line");

  public static final Option<ProgressMode> PROGRESS =
      option(
              "progress",
              LOGGING,
              Syntaxes.choice("WHEN", ProgressMode.class, ProgressMode::text),
              ProgressMode.AUTO)
          .says(
              "how far the files are, in the last line of the terminal: auto where standard output "
                  + "is one, on also elsewhere, as a line every ten seconds, off not at all");

  public static final Option<Boolean> ASSEMBLY_DEBUG_LOG =
      toggle("assembly_debug_log", TCP).says("accepted, without effect");

  public static final Option<Boolean> ASSEMBLY_MEMUSE_LOG =
      toggle("assembly_memuse_log", TCP).says("accepted, without effect");

  public static final Option<Boolean> VERSION =
      toggle("version", PROGRAM).onlyOnCommandLine().says("print the version and end");

  public static final Option<Boolean> CHECK =
      toggle("check", PROGRAM)
          .onlyOnCommandLine()
          .says(
              "check the options and what they name, print those that are not at their default, and end");

  public static final Option<Boolean> HELP =
      toggle("help", PROGRAM).alias("h").onlyOnCommandLine().says("print this and end");

  public static final List<Option<?>> ALL = List.copyOf(TABLE);

  private Options() {}

  private static <T> Option.Draft<T> option(
      String name, OptionGroup group, Syntax<T> syntax, T defaultValue) {
    return new Option.Draft<>(TABLE, name, group, syntax, defaultValue);
  }

  private static Option.Draft<Boolean> toggle(String name, OptionGroup group) {
    return option(name, group, Syntaxes.SWITCH, false);
  }

  private static Syntax<Integer> whole(String placeholder) {
    return Syntaxes.integer(placeholder, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  /** The option of a name or alias, or null. */
  public static Option<?> named(String name) {
    for (Option<?> option : ALL) {
      if (option.name().equals(name) || option.aliases().contains(name)) {
        return option;
      }
    }
    return null;
  }
}
