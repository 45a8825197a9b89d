package io.callscope.capture.bpf;

/** An expression that libpcap does not take, with its reason. */
public final class BpfException extends Exception {
  private static final long serialVersionUID = 1;

  BpfException(String message) {
    super(message);
  }
}
