package org.diadromi.workflow;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Gives a refused form's reason in the reader's words only: the engine's resources put an English sentence with a technical id
 * before it.
 */
@Component
class RefusalFilter extends OncePerRequestFilter {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI();
        return !"POST".equals(request.getMethod())
                || !path.contains("/engine")
                || !(path.endsWith("/submit-form") || path.endsWith("/complete") || path.endsWith("/start"));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ContentCachingResponseWrapper held = new ContentCachingResponseWrapper(response);
        chain.doFilter(request, held);
        Object refusal = request.getAttribute(TaskContract.REFUSAL);
        if (refusal != null && held.getStatus() >= 400) {
            byte[] body = JSON.writeValueAsBytes(Map.of("type", "InvalidRequestException", "message", refusal));
            held.resetBuffer();
            held.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            held.setContentType(MediaType.APPLICATION_JSON_VALUE);
            held.setCharacterEncoding("UTF-8");
            held.getOutputStream().write(body);
        }
        held.copyBodyToResponse();
    }
}
