/**
 * Simulated session border controllers: they connect to a collector and feed it as Oracle's do, or
 * worse. A library for tests and benchmarks, and the program {@link
 * io.callscope.testdata.sbc.SimulateSbc}.
 */
package io.callscope.testdata.sbc;
