package org.diadromi.workflow;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;
import org.springframework.security.web.savedrequest.SimpleSavedRequest;

/** Where somebody was in Camunda's web applications when their login ran out: the server sees no part of an address after #. */
public final class WayBack {

    private static final Pattern PLACE =
            Pattern.compile("/camunda/app/(tasklist|cockpit|admin|welcome)/default/(#/[\\w/?=&;:,.%+-]{0,1000})?");

    private WayBack() {}

    /** Leads there after the next login; whatever is no such place is left out of account. */
    public static void remember(String place, HttpServletRequest request) {
        if (PLACE.matcher(place).matches()) {
            request.getSession().setAttribute(SentTooLate.WANTED, new SimpleSavedRequest(place));
        }
    }
}
