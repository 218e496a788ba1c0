package org.diadromi.counselling;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.diadromi.web.VisitorLimit;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** What calendar programs read by the private address of a member of staff. */
@Controller
class FeedPage {

    private static final MediaType CALENDAR = new MediaType("text", "calendar", StandardCharsets.UTF_8);

    private final CalendarFeed feed;
    private final VisitorLimit wrongAddresses = new VisitorLimit(60, Duration.ofMinutes(10));

    FeedPage(CalendarFeed feed) {
        this.feed = feed;
    }

    @GetMapping(CalendarFeed.PATH + "{token}" + CalendarFeed.ENDING)
    ResponseEntity<byte[]> read(@PathVariable String token, HttpServletRequest request) {
        if (wrongAddresses.isReached(request.getRemoteAddr())) {
            return ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS).build();
        }
        return feed.read(token)
                .map(calendar -> ResponseEntity.ok()
                        .contentType(CALENDAR)
                        .cacheControl(CacheControl.noStore())
                        .header("X-Robots-Tag", "noindex, nofollow")
                        .body(calendar.getBytes(StandardCharsets.UTF_8)))
                .orElseGet(() -> {
                    wrongAddresses.allows(request.getRemoteAddr());
                    return ResponseEntity.notFound().build();
                });
    }
}
