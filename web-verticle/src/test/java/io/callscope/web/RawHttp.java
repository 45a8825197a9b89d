package io.callscope.web;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Requests that no decent client would send. */
final class RawHttp {
  private RawHttp() {}

  /** Sends the text as it is and returns all that comes until the server closes. */
  static String send(int port, String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  /** A GET with these header lines. */
  static String get(int port, String target, String... headers) throws IOException {
    StringBuilder request =
        new StringBuilder("GET " + target + " HTTP/1.1\r\nConnection: close\r\n");
    boolean host = false;
    for (String header : headers) {
      request.append(header).append("\r\n");
      host |= header.startsWith("Host:");
    }
    return send(port, request.append(host ? "" : "Host: localhost\r\n").append("\r\n").toString());
  }

  static int status(String answer) {
    return answer.startsWith("HTTP/") ? Integer.parseInt(answer.substring(9, 12)) : 0;
  }
}
