package io.callscope.launcher.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.callscope.launcher.Namespace;
import io.callscope.launcher.Program;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The container image, made without Docker, and run as a container runtime would: its layers
 * unpacked, read-only, and a process rooted in them that finds nothing else of this machine.
 */
class ImageIT {
  private static final String SCRIPT = "../deploy/image/build";

  /** What a runtime mounts; then the program, with the rights it is given. */
  private static final String ENTER =
      """
      set -e
      root=$1; shift
      mount --bind "$root" "$root"
      mount -o remount,ro,bind "$root"
      mount -t tmpfs tmpfs "$root/tmp"
      mount -t tmpfs -o uid=10001 tmpfs "$root/var/lib/callscope"
      mount --rbind /proc "$root/proc"
      mount --rbind /dev "$root/dev"
      mount --rbind /sys "$root/sys"
      cp "$DEMO" "$root/var/lib/callscope/demo.pcap"
      exec "$@"
      """;

  @TempDir static Path folder;
  private static Path root;
  private static JsonObject image;
  private static JsonObject manifest;

  private Program program;
  private Namespace namespace;

  @BeforeAll
  static void make() throws Exception {
    String user = Command.run(List.of("id", "-u")).output().strip();
    assumeTrue(user.equals("0"), "only root can enter an image");
    for (String tool : List.of("unzip", "unshare", "chroot", "setpriv", "mount")) {
      Command.needs(tool);
    }
    Path archive = folder.resolve("image.tar");
    Command.Result made =
        Command.run(
            List.of(SCRIPT, archive.toString()), Map.of("JAVA_HOME", recentJdk().toString()));
    assertThat(made.code()).as(made.output()).isZero();

    Path unpacked = Files.createDirectory(folder.resolve("image"));
    unpack(archive, unpacked);
    manifest = new JsonArray(Files.readString(unpacked.resolve("manifest.json"))).getJsonObject(0);
    image = new JsonObject(Files.readString(unpacked.resolve(manifest.getString("Config"))));
    root = Files.createDirectory(folder.resolve("root"));
    for (Object layer : manifest.getJsonArray("Layers")) {
      unpack(unpacked.resolve((String) layer), root);
    }
  }

  private static Path recentJdk() throws Exception {
    Path here = Path.of(System.getProperty("java.home"));
    if (Runtime.version().feature() >= 25) {
      return here;
    }
    try (Stream<Path> others = Files.list(here.resolveSibling("."))) {
      List<Path> recent =
          others
              .filter(home -> home.getFileName().toString().matches(".*\\b(2[5-9]|[3-9]\\d)\\b.*"))
              .filter(home -> Files.isExecutable(home.resolve("bin/jlink")))
              .toList();
      assumeTrue(!recent.isEmpty(), "no JDK from 25 on beside " + here);
      return recent.get(0);
    }
  }

  private static void unpack(Path archive, Path into) throws Exception {
    Command.Result result =
        Command.run(
            List.of("tar", "-xpf", archive.toString(), "--numeric-owner", "-C", into.toString()));
    assertThat(result.code()).as(result.output()).isZero();
  }

  @AfterEach
  void stop() throws Exception {
    if (program != null) {
      program.close();
    }
    if (namespace != null) {
      namespace.delete();
    }
  }

  private static List<String> entryPoint() {
    return image.getJsonObject("config").getJsonArray("Entrypoint").stream()
        .map(String.class::cast)
        .toList();
  }

  private Program start(List<String> before, List<String> enter, String... options)
      throws Exception {
    List<String> command = new ArrayList<>(before);
    command.addAll(List.of("unshare", "--mount", "sh", "-c", ENTER, "sh", root.toString()));
    command.addAll(enter);
    command.addAll(entryPoint());
    command.addAll(List.of(options));
    program =
        new Program(Files.createTempDirectory(folder, "run")).with("DEMO", Program.DEMO.toString());
    return program.startCommand(command);
  }

  /** As the user of the image, without any right. */
  private Program startAsUser(String... options) throws Exception {
    String user = image.getJsonObject("config").getString("User");
    return start(
        List.of(),
        List.of("setpriv", "--no-new-privs", "chroot", "--userspec=" + user, root.toString()),
        options);
  }

  @Test
  void theArchiveHoldsTheLayersThatItsConfigurationNames() throws Exception {
    JsonArray layers = manifest.getJsonArray("Layers");
    JsonArray digests = image.getJsonObject("rootfs").getJsonArray("diff_ids");
    assertThat(digests).hasSameSizeAs(layers);
    for (int i = 0; i < layers.size(); i++) {
      byte[] layer = Files.readAllBytes(folder.resolve("image").resolve(layers.getString(i)));
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(layer);
      assertThat(digests.getString(i)).isEqualTo("sha256:" + HexFormat.of().formatHex(digest));
    }
    assertThat(root.resolve("bin/sh")).as("a shell").doesNotExist();
    assertThat(Files.getAttribute(root.resolve("var/lib/callscope"), "unix:uid")).isEqualTo(10001);
  }

  @Test
  void thereIsAProgramInIt() throws Exception {
    startAsUser("-version");
    assertThat(program.end()).isZero();
    assertThat(program.out()).startsWith("callscope ");
  }

  @Test
  void aReplayThroughAFilterIsBrowsedAndEndsInGoodOrder() throws Exception {
    int port = Program.freePort();
    int health = Program.freePort();
    startAsUser(
        "-pcap",
        "/var/lib/callscope/demo.pcap",
        "-bpf",
        "port 5060 or port 5080",
        "-http_port",
        "" + port,
        "-health_port",
        "" + health,
        "-pcap_dump_dir",
        "/var/lib/callscope/calls",
        "-pcap_dump_on",
        "-run_forever");
    program.awaitReport();
    for (String path : List.of("/", "/calls/list", "/debug/vars", "/debug/pprof/threads")) {
      HttpResponse<String> page = program.get(port, path, "text/html");
      assertThat(page.statusCode()).as(path).isEqualTo(200);
    }
    assertThat(program.get(health, "/health/ready", "*/*").body()).isEqualTo("ok\n");
    assertThat(program.out()).containsPattern("pkt_stats.parse_ok *: *[1-9]");
    assertThat(program.out()).containsPattern("pcap_dump.written_msgs *: *[1-9]");
    program.terminate();
    assertThat(program.end()).as(program.err()).isZero();
  }

  @Test
  void itJoinsACluster() throws Exception {
    startAsUser(
        "-cluster",
        "-cluster_name",
        "test-" + UUID.randomUUID(),
        "-pcap",
        "/var/lib/callscope/demo.pcap",
        "-run_forever");
    program.await("is in cluster");
    program.awaitReport();
    program.terminate();
    assertThat(program.end()).as(program.err()).isZero();
  }

  /** As in the manifests: root, but of all its rights that to open an interface. */
  @Test
  void itCapturesWithOneRight() throws Exception {
    namespace = Namespace.create();
    start(
        List.of(namespace.prefix()),
        List.of(
            "setpriv",
            "--no-new-privs",
            "--bounding-set=-all,+net_raw,+sys_chroot",
            "--inh-caps=-all",
            "chroot",
            root.toString()),
        "-iface",
        "lo",
        "-bpf",
        "udp port 5060");
    program.await("capturing on");
    Path message =
        Files.writeString(
            folder.resolve("options"),
            """
            OPTIONS sip:a@127.0.0.1 SIP/2.0
            Via: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK1
            From: <sip:a@x>;tag=1
            To: <sip:b@x>
            Call-ID: image
            CSeq: 1 OPTIONS

            """
                .replace("\n", "\r\n"));
    Process sent =
        namespace.start(folder, "bash", "-c", "cat " + message + " > /dev/udp/127.0.0.1/5060");
    assertThat(sent.waitFor()).isZero();
    program.terminate();
    assertThat(program.end()).as(program.err()).isZero();
    assertThat(program.out()).containsPattern("pkt_stats.parse_ok *: *1\\b");
  }

  @Test
  void anotherToolReadsTheArchive() throws Exception {
    Command.needs("skopeo");
    Command.Result told =
        Command.run(
            List.of(
                "skopeo", "inspect", "--config", "docker-archive:" + folder.resolve("image.tar")));
    assertThat(told.code()).as(told.output()).isZero();
    Path copy = folder.resolve("oci");
    Command.Result copied =
        Command.run(
            List.of(
                "skopeo", "copy", "docker-archive:" + folder.resolve("image.tar"), "oci:" + copy));
    assertThat(copied.code()).as(copied.output()).isZero();
    assertThat(copy.resolve("index.json")).exists();
  }
}
