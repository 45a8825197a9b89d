/**
 * The soak: the program under mixed traffic, with viewers and queries, for as long as one likes;
 * then its account, and whether what it takes has stayed the same.
 */
package io.callscope.bench.soak;
