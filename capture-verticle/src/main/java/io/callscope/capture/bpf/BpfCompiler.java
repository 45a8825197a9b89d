package io.callscope.capture.bpf;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;

/**
 * Compiles filter expressions with libpcap, which is loaded with this class. For any thread; one
 * compiles at a time, since older versions of libpcap take no more.
 *
 * <pre>
 * bpf_program   length (int, padded)   pointer to the instructions
 * bpf_insn      0 code   2 jt   3 jf   4 k
 * </pre>
 */
public final class BpfCompiler {
  private static final int SNAPLEN = 1 << 18;
  private static final int INSTRUCTION = 8;
  private static final int UNKNOWN_NETMASK = -1;

  /** pcap4j's property; both must have the same library. */
  private static final String LIBRARY_PROPERTY = "org.pcap4j.core.pcapLibName";

  private final Libpcap libpcap;

  /**
   * @throws LinkageError if libpcap cannot be loaded
   */
  public BpfCompiler() {
    libpcap = Native.load(System.getProperty(LIBRARY_PROPERTY, "pcap"), Libpcap.class);
  }

  /**
   * @param linkType as the system calls it (DLT), which differs from that of files for raw IP
   */
  public synchronized BpfProgram compile(String expression, int linkType) throws BpfException {
    Pointer handle = libpcap.pcap_open_dead(linkType, SNAPLEN);
    if (handle == null) {
      throw new BpfException("libpcap has no memory");
    }
    try {
      Memory program = new Memory(2L * Native.POINTER_SIZE);
      if (libpcap.pcap_compile(handle, program, expression, 1, UNKNOWN_NETMASK) != 0) {
        throw new BpfException(libpcap.pcap_geterr(handle).strip());
      }
      try {
        return read(program, expression);
      } finally {
        libpcap.pcap_freecode(program);
      }
    } finally {
      libpcap.pcap_close(handle);
    }
  }

  private static BpfProgram read(Memory program, String expression) throws BpfException {
    int length = program.getInt(0);
    Pointer instructions = program.getPointer(Native.POINTER_SIZE);
    int[] codes = new int[length];
    int[] jumpTrue = new int[length];
    int[] jumpFalse = new int[length];
    int[] constants = new int[length];
    for (int i = 0; i < length; i++) {
      long at = (long) i * INSTRUCTION;
      codes[i] = instructions.getShort(at) & 0xffff;
      jumpTrue[i] = instructions.getByte(at + 2) & 0xff;
      jumpFalse[i] = instructions.getByte(at + 3) & 0xff;
      constants[i] = instructions.getInt(at + 4);
    }
    try {
      return new BpfProgram(codes, jumpTrue, jumpFalse, constants);
    } catch (IllegalArgumentException e) {
      throw new BpfException(
          expression.contains("protochain")
              ? "protochain is not supported: it searches in a loop, which might never end"
              : e.getMessage());
    }
  }
}
