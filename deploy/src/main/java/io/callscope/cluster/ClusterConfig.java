package io.callscope.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;

/**
 * How a process joins others.
 *
 * @param name of the cluster
 * @param self what this process tells of itself
 * @param address own address, of one interface
 * @param isPublicAllowed whether that may be one of the internet
 * @param port for members, 0 for the first free one from {@value #FIRST_PORT} on
 * @param busPort of the event bus, 0 for any that is free
 * @param members {@code host} or {@code host:port} where others are looked for; empty for the own
 *     address
 * @param waitMillis how long to look for a process that tracks calls
 * @param tls files of the event bus' certificates, null for none
 */
public record ClusterConfig(
    String name,
    MemberFacts self,
    String address,
    boolean isPublicAllowed,
    int port,
    int busPort,
    List<String> members,
    long waitMillis,
    Tls tls) {
  static final int FIRST_PORT = 5701;

  /** Ports tried from the first on. */
  static final int PORTS = 16;

  /**
   * PEM files.
   *
   * @param certificate chain of this process
   * @param key its private key
   * @param authorities that the certificates of others must come from
   */
  public record Tls(String certificate, String key, String authorities) {}

  /**
   * Whether a process may have that address in the cluster. May ask a name server.
   *
   * @throws ClusterException if not, with what is wrong
   */
  public static void checkAddress(String address, boolean isPublicAllowed) throws ClusterException {
    OwnAddress.requireOwn(address, OwnAddress.resolve(address, isPublicAllowed));
  }

  /**
   * Whether a file has certificates of authorities.
   *
   * @throws ClusterException if not, with what is wrong
   */
  public static void checkAuthorities(String file) throws ClusterException {
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      if (CertificateFactory.getInstance("X.509").generateCertificates(in).isEmpty()) {
        throw new ClusterException("cluster_tls_ca " + file + ": has no certificate");
      }
    } catch (CertificateException e) {
      throw new ClusterException(
          "cluster_tls_ca " + file + ": cannot be used: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new ClusterException(
          "cluster_tls_ca: cannot read "
              + (e.getMessage() + " (" + e.getClass().getSimpleName() + ")"),
          e);
    }
  }

  /** Where others are looked for. */
  List<String> places() {
    return members.isEmpty() ? List.of(address) : members;
  }
}
