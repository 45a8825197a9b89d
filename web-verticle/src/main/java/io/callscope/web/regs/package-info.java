/** Registrations: the list of bindings and how they are followed. */
package io.callscope.web.regs;
