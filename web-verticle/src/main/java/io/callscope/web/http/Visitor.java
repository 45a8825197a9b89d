package io.callscope.web.http;

/**
 * What a page shows of who looks at it.
 *
 * @param user empty if nobody has to log in, or has
 * @param known whether this visitor may be shown anything of the calls
 * @param operator whether actions are open to this visitor
 * @param csrf what a form that acts has to send back
 * @param warning of how the server is reached, empty if there is none
 */
public record Visitor(String user, boolean known, boolean operator, String csrf, String warning) {}
