/** Whole lists as files: NDJSON and CSV, sent in pieces as fast as the client takes them. */
package io.callscope.web.export;
