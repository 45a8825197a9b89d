/**
 * Fuzzing, for tests of all modules. A target is a class with a {@code fuzzerTestOneInput(byte[])}
 * that throws where an invariant does not hold. Each is replayed in the normal tests on its seeds
 * and on mutations of them, the same each time, and driven by Jazzer in the profile {@code fuzz}.
 */
package io.callscope.fuzz;
