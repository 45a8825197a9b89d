package io.callscope.capture.bpf;

/**
 * A program of the BSD packet filter (McCanne and Jacobson, 1993), checked when it is made, so that
 * it ends and touches nothing but its packet. Runs here since a native call for each packet would
 * cost more than decoding it. For any thread.
 *
 * <pre>
 * instruction   code: class (3 bits), then size and mode, operation and operand, or return value
 *               jt, jf: instructions to skip if true, if false   k: a constant
 * state         A: accumulator   X: index   M[16]: scratch memory
 * </pre>
 */
public final class BpfProgram {
  private static final int MAX_INSTRUCTIONS = 1 << 16;
  private static final int MEMORY = 16;

  // Classes.
  private static final int CLASS = 0x07;
  private static final int LD = 0x00;
  private static final int LDX = 0x01;
  private static final int ST = 0x02;
  private static final int STX = 0x03;
  private static final int ALU = 0x04;
  private static final int JMP = 0x05;
  private static final int RET = 0x06;
  private static final int MISC = 0x07;

  // Sizes and modes of loads.
  private static final int WORD = 0x00;
  private static final int HALF = 0x08;
  private static final int BYTE = 0x10;
  private static final int MODE = 0xe0;
  private static final int IMM = 0x00;
  private static final int ABS = 0x20;
  private static final int IND = 0x40;
  private static final int MEM = 0x60;
  private static final int LEN = 0x80;
  private static final int MSH = 0xa0;

  // Operations; the operand is X instead of k with this bit.
  private static final int OPERATION = 0xf0;
  private static final int WITH_X = 0x08;
  private static final int DIV = 0x30;
  private static final int NEG = 0x80;
  private static final int MOD = 0x90;
  private static final int JA = 0x00;

  private final int[] codes;
  private final int[] jumpTrue;
  private final int[] jumpFalse;
  private final int[] constants;

  /**
   * Takes a program whose arrays are of the same length, one place an instruction.
   *
   * @throws IllegalArgumentException if it is not one that is sure to end in bounds
   */
  BpfProgram(int[] codes, int[] jumpTrue, int[] jumpFalse, int[] constants) {
    this.codes = codes.clone();
    this.jumpTrue = jumpTrue.clone();
    this.jumpFalse = jumpFalse.clone();
    this.constants = constants.clone();
    int length = codes.length;
    if (length == 0 || length > MAX_INSTRUCTIONS || (codes[length - 1] & CLASS) != RET) {
      throw new IllegalArgumentException("a filter program without an end");
    }
    for (int i = 0; i < length; i++) {
      if (!isKnown(codes[i]) || !isInBounds(i)) {
        throw new IllegalArgumentException(
            "instruction " + i + " of a filter program is wrong: " + codes[i]);
      }
    }
  }

  private static boolean isKnown(int code) {
    return switch (code & CLASS) {
      case LD ->
          code == LD + IMM
              || code == LD + MEM
              || code == LD + LEN
              || isLoad(code, ABS)
              || isLoad(code, IND);
      case LDX ->
          code == LDX + IMM || code == LDX + MEM || code == LDX + LEN || code == LDX + MSH + BYTE;
      case ST, STX -> code == ST || code == STX;
      case ALU -> (code & ~(CLASS | OPERATION | WITH_X)) == 0 && (code & OPERATION) <= 0xa0;
      case JMP -> (code & ~(CLASS | OPERATION | WITH_X)) == 0 && (code & OPERATION) <= 0x40;
      case RET -> code == RET || code == RET + WITH_X || code == RET + 0x10;
      default -> code == MISC || code == MISC + 0x80;
    };
  }

  private static boolean isLoad(int code, int mode) {
    return code == LD + mode + WORD || code == LD + mode + HALF || code == LD + mode + BYTE;
  }

  private boolean isInBounds(int i) {
    int code = codes[i];
    int left = codes.length - i - 1;
    return switch (code & CLASS) {
      case LD, LDX ->
          switch (code & MODE) {
            case MEM -> isMemory(constants[i]);
            case ABS, MSH -> constants[i] >= 0;
            default -> true;
          };
      case ST, STX -> isMemory(constants[i]);
      case ALU -> {
        boolean divides = (code & OPERATION) == DIV || (code & OPERATION) == MOD;
        yield !divides || (code & WITH_X) != 0 || constants[i] != 0;
      }
      case JMP ->
          (code & OPERATION) == JA
              ? Integer.compareUnsigned(constants[i], left) < 0
              : jumpTrue[i] >= 0 && jumpTrue[i] < left && jumpFalse[i] >= 0 && jumpFalse[i] < left;
      default -> true;
    };
  }

  private static boolean isMemory(int k) {
    return k >= 0 && k < MEMORY;
  }

  /** How many instructions it has. */
  public int length() {
    return codes.length;
  }

  /**
   * Whether a packet passes. One that ends before what the program wants to see does not.
   *
   * @param from where in the bytes the packet starts
   * @param captured bytes of it that are there
   * @param original bytes it had on the wire
   */
  public boolean matches(byte[] bytes, int from, int captured, int original) {
    int a = 0;
    int x = 0;
    int[] memory = null;
    int at = 0;
    while (true) {
      int code = codes[at];
      int k = constants[at];
      switch (code) {
        case LD + ABS + WORD, LD + IND + WORD -> {
          long offset = offset(code, k, x);
          if (offset > captured - 4) {
            return false;
          }
          int p = from + (int) offset;
          a = uint16(bytes, p) << 16 | uint16(bytes, p + 2);
        }
        case LD + ABS + HALF, LD + IND + HALF -> {
          long offset = offset(code, k, x);
          if (offset > captured - 2) {
            return false;
          }
          a = uint16(bytes, from + (int) offset);
        }
        case LD + ABS + BYTE, LD + IND + BYTE -> {
          long offset = offset(code, k, x);
          if (offset > captured - 1) {
            return false;
          }
          a = bytes[from + (int) offset] & 0xff;
        }
        case LD + IMM -> a = k;
        case LD + LEN -> a = original;
        case LDX + IMM -> x = k;
        case LDX + LEN -> x = original;
        case LDX + MSH + BYTE -> { // the length of an IPv4 header
          if (k > captured - 1) {
            return false;
          }
          x = (bytes[from + k] & 0xf) << 2;
        }
        case LD + MEM -> a = memory == null ? 0 : memory[k];
        case LDX + MEM -> x = memory == null ? 0 : memory[k];
        case ST, STX -> {
          memory = memory == null ? new int[MEMORY] : memory;
          memory[k] = code == ST ? a : x;
        }
        case RET -> {
          return k != 0;
        }
        case RET + WITH_X -> {
          return x != 0;
        }
        case RET + 0x10 -> {
          return a != 0;
        }
        case MISC -> x = a;
        case MISC + 0x80 -> a = x;
        default -> {
          int operand = (code & WITH_X) != 0 ? x : k;
          if ((code & CLASS) == JMP) {
            at += jump(at, code, a, operand);
          } else if (operand == 0 && isDivision(code)) {
            return false;
          } else {
            a = calculate(code, a, operand);
          }
        }
      }
      at++;
    }
  }

  /** Beyond 32 bits where it overflows: that is beyond any packet. */
  private static long offset(int code, int k, int x) {
    long constant = k & 0xffff_ffffL;
    return (code & MODE) == IND ? constant + (x & 0xffff_ffffL) : constant;
  }

  private static int uint16(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }

  private static boolean isDivision(int code) {
    return (code & OPERATION) == DIV || (code & OPERATION) == MOD;
  }

  private int jump(int at, int code, int a, int operand) {
    if ((code & OPERATION) == JA) {
      return constants[at];
    }
    boolean holds =
        switch (code & OPERATION) {
          case 0x10 -> a == operand;
          case 0x20 -> Integer.compareUnsigned(a, operand) > 0;
          case 0x30 -> Integer.compareUnsigned(a, operand) >= 0;
          default -> (a & operand) != 0;
        };
    return holds ? jumpTrue[at] : jumpFalse[at];
  }

  private static int calculate(int code, int a, int operand) {
    return switch (code & OPERATION) {
      case 0x00 -> a + operand;
      case 0x10 -> a - operand;
      case 0x20 -> a * operand;
      case DIV -> Integer.divideUnsigned(a, operand);
      case 0x40 -> a | operand;
      case 0x50 -> a & operand;
      case 0x60 -> Integer.compareUnsigned(operand, 31) > 0 ? 0 : a << operand;
      case 0x70 -> Integer.compareUnsigned(operand, 31) > 0 ? 0 : a >>> operand;
      case NEG -> -a;
      case MOD -> Integer.remainderUnsigned(a, operand);
      default -> a ^ operand;
    };
  }
}
