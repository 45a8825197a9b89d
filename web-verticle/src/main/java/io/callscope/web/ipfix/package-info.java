/** The collector of IPFIX as pages show it. */
package io.callscope.web.ipfix;
