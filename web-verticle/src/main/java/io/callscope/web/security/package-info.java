/**
 * Who may use the pages and what for: users and their roles, log-in, sessions, checks against
 * requests that other sites make a browser send, and the log of what was done.
 */
package io.callscope.web.security;
