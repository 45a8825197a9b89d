package io.callscope.web.server;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;

/** Certificate chain and private key of a server, from files in PEM. Blocks. */
public final class TlsFiles {
  private static final long MAX_BYTES = 1 << 20;

  /** The kind of subject alternative names that are DNS names (RFC 5280 §4.2.1.6). */
  private static final int DNS_NAME = 2;

  private final Vertx vertx;
  private final String options;
  private final Path certificateFile;
  private final Path keyFile;

  /**
   * @param options what the options that name the files begin with
   */
  public TlsFiles(Vertx vertx, String options, Path certificateFile, Path keyFile) {
    this.vertx = vertx;
    this.options = options;
    this.certificateFile = certificateFile;
    this.keyFile = keyFile;
  }

  /**
   * What the files hold.
   *
   * @param options with the very bytes that were checked
   * @param names DNS names of the certificate
   */
  record Loaded(PemKeyCertOptions options, List<String> names, Validity validity) {}

  /**
   * Whether they can be used.
   *
   * @throws IllegalStateException with what is wrong
   */
  public void check() {
    load();
  }

  /**
   * @throws IllegalStateException with what is wrong
   */
  Loaded load() {
    String certificateOption = options + "_cert";
    String keyOption = options + "_key";
    Buffer certificates = read(certificateOption, certificateFile, "CERTIFICATE");
    Buffer key = read(keyOption, keyFile, "PRIVATE KEY");
    PemKeyCertOptions options = new PemKeyCertOptions().addCertValue(certificates).addKeyValue(key);
    try {
      String alias = options.loadKeyStore(vertx).aliases().nextElement();
      X509KeyManager manager = null;
      for (KeyManager one : options.getKeyManagerFactory(vertx).getKeyManagers()) {
        manager = one instanceof X509KeyManager x509 ? x509 : manager;
      }
      X509Certificate certificate = manager.getCertificateChain(alias)[0];
      if (!belongTogether(certificate, manager.getPrivateKey(alias))) {
        throw new IllegalStateException(
            keyOption + " " + keyFile + ": is not the key of " + certificateFile);
      }
      return new Loaded(options, names(certificate), validity(certificate));
    } catch (IllegalStateException e) {
      throw e;
    } catch (Exception e) { // what the parsers of certificates and keys throw, checked or not
      throw new IllegalStateException(
          certificateOption
              + " "
              + certificateFile
              + ", "
              + keyOption
              + " "
              + keyFile
              + ": cannot be used: "
              + e.getMessage(),
          e);
    }
  }

  private static Buffer read(String option, Path file, String kind) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new IllegalStateException(option + " " + file + ": is larger than 1 MiB");
      }
      Buffer content = Buffer.buffer(Files.readAllBytes(file));
      String text = content.toString(StandardCharsets.ISO_8859_1);
      if (text.contains("-----BEGIN ENCRYPTED") || text.contains("Proc-Type: 4,ENCRYPTED")) {
        throw new IllegalStateException(
            option + " " + file + ": is encrypted; give a key without pass phrase");
      }
      if (!text.contains("-----BEGIN ") || !text.contains(kind + "-----")) {
        throw new IllegalStateException(option + " " + file + ": has no PEM block " + kind);
      }
      return content;
    } catch (IOException e) {
      throw new IllegalStateException(
          option + ": cannot read " + e.getMessage() + " (" + e.getClass().getSimpleName() + ")",
          e);
    }
  }

  private static boolean belongTogether(X509Certificate certificate, PrivateKey key)
      throws GeneralSecurityException {
    String publicAlgorithm = certificate.getPublicKey().getAlgorithm();
    if (!publicAlgorithm.equals(key.getAlgorithm())) {
      return false;
    }
    Signature signature =
        Signature.getInstance(
            switch (publicAlgorithm) {
              case "RSA" -> "SHA256withRSA";
              case "EC" -> "SHA256withECDSA";
              default -> publicAlgorithm;
            });
    byte[] anything = certificate.getEncoded();
    signature.initSign(key);
    signature.update(anything);
    byte[] signed = signature.sign();
    signature.initVerify(certificate.getPublicKey());
    signature.update(anything);
    return signature.verify(signed);
  }

  private static List<String> names(X509Certificate certificate)
      throws CertificateParsingException {
    Collection<List<?>> all = certificate.getSubjectAlternativeNames();
    List<String> names = new ArrayList<>();
    for (List<?> name : all == null ? List.<List<?>>of() : all) {
      if (name.get(0).equals(DNS_NAME)) {
        names.add(name.get(1).toString());
      }
    }
    return names;
  }

  private Validity validity(X509Certificate certificate) {
    return new Validity(
        certificateFile,
        certificate.getNotBefore().toInstant(),
        certificate.getNotAfter().toInstant());
  }
}
