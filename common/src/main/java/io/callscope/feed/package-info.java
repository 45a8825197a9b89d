/**
 * What every source of messages does with them: keeps its clock, sorts them by partition into
 * batches and sends these within the receivers' credits.
 */
package io.callscope.feed;
