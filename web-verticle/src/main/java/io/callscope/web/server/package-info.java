/** How the web server listens: its TLS, its limits, and what it does about slow clients. */
package io.callscope.web.server;
