/**
 * Filters of libpcap: compiled by it, run here. {@link io.callscope.capture.bpf.BpfCompiler} is the
 * one class that needs the native library.
 */
package io.callscope.capture.bpf;
