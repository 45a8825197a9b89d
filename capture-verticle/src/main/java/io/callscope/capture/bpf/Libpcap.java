package io.callscope.capture.bpf;

import com.sun.jna.Library;
import com.sun.jna.Pointer;

/** The functions of libpcap that compile a filter; pcap4j keeps the program to itself. */
interface Libpcap extends Library {
  Pointer pcap_open_dead(int linkType, int snaplen);

  int pcap_compile(Pointer handle, Pointer program, String expression, int optimize, int netmask);

  String pcap_geterr(Pointer handle);

  void pcap_freecode(Pointer program);

  void pcap_close(Pointer handle);

  int pcap_offline_filter(Pointer program, Pointer header, byte[] packet);
}
