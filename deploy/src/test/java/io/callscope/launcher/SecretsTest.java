package io.callscope.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Passwords, their hashes and where they lie: in no log, on no page, in no list of processes. */
class SecretsTest {
  private static final String PASSWORD = "canary-right-Rk3v";
  private static final String WRONG = "canary-wrong-Zp8q";
  private static final List<String> PAGES =
      List.of(
          "/about",
          "/about/config",
          "/config",
          "/debug/vars",
          "/debug/pprof/cmdline",
          "/debug/pprof/threads",
          "/debug/options",
          "/counters",
          "/metrics",
          "/api/v1/config",
          "/api/v1/openapi.json");

  @TempDir Path folder;
  private Program program;

  @AfterEach
  void stop() {
    program.close();
  }

  @Test
  void areNowhereToBeSeen() throws Exception {
    Path users = folder.resolve("canary-users-file");
    PasswdCommand passwd =
        new PasswdCommand(name -> PasswdCommand.Password.of(PASSWORD), System.out, System.err);
    assertThat(passwd.run(List.of(users.toString(), "ann", "operator"))).isZero();
    String hash = Files.readString(users).replaceFirst("(?s).*:", "").strip();
    int port = Program.freePort();
    program =
        new Program(folder)
            .start(
                "-pcap",
                Program.DEMO.toString(),
                "-run_forever",
                "-log_level=4",
                "-verbose",
                "-http_port",
                "" + port,
                "-http_users=" + users);
    program.awaitPages(port);
    HttpClient client = HttpClient.newHttpClient();
    send(client, request(port, "/calls/list", WRONG));
    send(client, logIn(port, WRONG));
    send(client, logIn(port, PASSWORD));
    StringBuilder seen = new StringBuilder();
    for (String page : PAGES) {
      for (String accept : List.of("text/html", "*/*", "application/json")) {
        seen.append(send(client, request(port, page, PASSWORD).header("accept", accept)));
      }
    }
    assertThat(seen).contains("http_users", "***");
    seen.append(program.out()).append(program.err());
    assertThat(program.err()).contains("ann");
    assertThat(seen.toString())
        .doesNotContain(PASSWORD, WRONG, hash, users.toString(), base64(PASSWORD), base64(WRONG));
    Path arguments = Path.of("/proc/" + program.pid() + "/cmdline");
    assertThat(Files.readString(arguments, StandardCharsets.ISO_8859_1))
        .doesNotContain(PASSWORD, hash);
  }

  private static String base64(String password) {
    byte[] credentials = ("ann:" + password).getBytes(StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(credentials);
  }

  private static HttpRequest.Builder request(int port, String path, String password) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .header("authorization", "Basic " + base64(password));
  }

  private static HttpRequest.Builder logIn(int port, String password) {
    String form = "name=ann&password=" + URLEncoder.encode(password, StandardCharsets.UTF_8);
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/login"))
        .header("content-type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(form));
  }

  private static String send(HttpClient client, HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString()).body();
  }
}
