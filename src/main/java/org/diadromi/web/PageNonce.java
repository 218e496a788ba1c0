package org.diadromi.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Gives the pages of Camunda's web applications the nonce of their own content policy. Camunda 7.24 keeps the newest nonce of all
 * requests in one place: whoever opens a page while another request runs gets that one's nonce in the page, and the browser then
 * runs none of the page's scripts.
 */
@Component
class PageNonce extends OncePerRequestFilter {

    private static final Pattern PAGE = Pattern.compile("/camunda/app/[\\w-]+/[\\w-]+/");
    private static final Pattern ALLOWED = Pattern.compile("'nonce-([\\w-]+)'");
    private static final Pattern WRITTEN = Pattern.compile("nonce=\"[\\w-]*\"");

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !PAGE.matcher(request.getRequestURI()
                        .substring(request.getContextPath().length()))
                .matches();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ContentCachingResponseWrapper held = new ContentCachingResponseWrapper(response);
        chain.doFilter(request, held);
        String policy = response.getHeader("Content-Security-Policy");
        Matcher allowed = ALLOWED.matcher(policy == null ? "" : policy);
        if (allowed.find()) {
            // Byte by byte: the page's own encoding is none of our business, and a nonce is plain letters.
            String page = new String(held.getContentAsByteArray(), StandardCharsets.ISO_8859_1);
            String mended = WRITTEN.matcher(page).replaceAll("nonce=\"" + allowed.group(1) + "\"");
            held.resetBuffer();
            held.getOutputStream().write(mended.getBytes(StandardCharsets.ISO_8859_1));
        }
        held.copyBodyToResponse();
    }
}
