package io.callscope.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callscope.bus.BusCodecs;
import io.callscope.bus.ProcessName;
import io.callscope.testdata.TestCertificate;
import io.callscope.web.security.SecurityConfig;
import io.callscope.web.security.TestUsers;
import io.callscope.web.server.ServerConfig;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsTest {
  private final Vertx vertx = Vertx.vertx();
  private TestCertificate first;
  private TestCertificate second;
  private Path certificate;
  private Path key;
  private WebVerticle web;

  @TempDir static Path folder;

  @BeforeAll
  void start() throws Exception {
    BusCodecs.register(vertx.eventBus());
    first = TestCertificate.make(folder, "first", "-keyalg", "EC");
    second = TestCertificate.make(folder, "second", "-keyalg", "RSA");
    certificate = Files.copy(first.certificate(), folder.resolve("chain.pem"));
    key = Files.copy(first.key(), folder.resolve("key.pem"));
    Path users = TestUsers.write(folder);
    web = deploy(certificate, key, users.toString());
  }

  private WebVerticle deploy(Path chain, Path privateKey, String users) {
    WebVerticle verticle =
        new WebVerticle(
            new WebConfig(
                "127.0.0.1",
                0,
                10,
                1,
                List.of(),
                "0",
                "callscope",
                System.nanoTime(),
                new ServerConfig(chain.toString(), privateKey.toString(), 100, 10_000, false),
                new SecurityConfig(users, List.of(), List.of(), 60_000, 60_000, false, true),
                ProcessName.ALONE));
    vertx.deployVerticle(verticle).await();
    return verticle;
  }

  @AfterAll
  void stop() {
    vertx.close().await();
  }

  private static SSLContext trusting(TestCertificate... certificates) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    for (TestCertificate one : certificates) {
      try (var in = Files.newInputStream(one.certificate())) {
        store.setCertificateEntry(one.certificate().toString(), factory.generateCertificate(in));
      }
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("https://localhost:" + web.port() + path))
            .timeout(Duration.ofSeconds(30));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return HttpClient.newBuilder()
        .sslContext(trusting(first, second))
        .build()
        .send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void pagesAreServedOverTlsAndHttp2() throws Exception {
    HttpResponse<String> health = get("/health/live");
    assertThat(health.statusCode()).isEqualTo(200);
    assertThat(health.version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(health.headers().firstValue("strict-transport-security"))
        .as("another port may serve without")
        .isEmpty();
  }

  @Test
  void cookiesAreForTlsAlone() throws Exception {
    String cookie = get("/login", "Accept", "text/html").headers().firstValue("set-cookie").get();
    assertThat(cookie).startsWith("__Host-callscope-visit").contains("Secure", "SameSite=Strict");
  }

  @Test
  void oldProtocolsAndPlainTextAreRefused() throws Exception {
    SSLContext context = trusting(first, second);
    for (String protocol : List.of("TLSv1", "TLSv1.1")) {
      try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), web.port()));
        socket.setEnabledProtocols(new String[] {protocol});
        assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
      }
    }
    String answer = RawHttp.get(web.port(), "/health/live");
    assertThat(RawHttp.status(answer)).isNotEqualTo(200);
  }

  @Test
  void whoDoesNotSpeakTlsIsCounted() throws Exception {
    long before = notTls();
    RawHttp.get(web.port(), "/");
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (notTls() == before) {
      assertThat(System.nanoTime()).isLessThan(deadline);
    }
  }

  private long notTls() throws Exception {
    String basic =
        Base64.getEncoder()
            .encodeToString(("bob:" + TestUsers.BOB).getBytes(StandardCharsets.UTF_8));
    JsonObject vars =
        new JsonObject(get("/api/v1/debug/vars", "Authorization", "Basic " + basic).body());
    return vars.getLong("web.connections.not_tls");
  }

  @Test
  void aNewCertificateIsTakenOverWithoutARestart() throws Exception {
    assertThat(subject()).isEqualTo("CN=first");
    Files.copy(second.key(), key, StandardCopyOption.REPLACE_EXISTING);
    Files.copy(second.certificate(), certificate, StandardCopyOption.REPLACE_EXISTING);
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!subject().equals("CN=second")) {
      assertThat(System.nanoTime()).isLessThan(deadline);
    }
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
  }

  private String subject() throws Exception {
    try (Socket socket =
        trusting(first, second)
            .getSocketFactory()
            .createSocket(InetAddress.getLoopbackAddress(), web.port())) {
      SSLSocket tls = (SSLSocket) socket;
      tls.startHandshake();
      X509Certificate shown = (X509Certificate) tls.getSession().getPeerCertificates()[0];
      return shown.getSubjectX500Principal().getName();
    }
  }

  @Test
  void aKeyOfAnotherCertificateEndsTheStart() {
    assertThatThrownBy(() -> deploy(first.certificate(), second.key(), ""))
        .hasMessageContaining("http_tls_key");
  }
}
