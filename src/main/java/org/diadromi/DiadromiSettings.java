package org.diadromi;

import java.net.URI;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.diadromi.calendar.Span;
import org.diadromi.workflow.Role;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings of an installation, read from {@code diadromi.*}; application.yaml has the defaults and says what each means.
 *
 * @param publicUrl where people reach the application, used in mails
 * @param demo whether this is a demonstration: sample staff, a clock that can be moved
 * @param demoHistory how many cases the demonstration plays through two years before it; 0 for none
 * @param adminPassword the first administrator's password; needed when nobody can log in yet and this is no demonstration
 * @param metricsPassword with which Prometheus fetches the figures for machines; without one, administrators alone do
 * @param login how often somebody may try to log in
 * @param oidc what an identity provider says of a person, and what it means here
 * @param mail how mail is sent
 * @param deadlines how long each step may take, by name
 * @param followUpMonths the months after registration in which a venture is followed up
 */
@ConfigurationProperties("diadromi")
public record DiadromiSettings(
        URI publicUrl,
        boolean demo,
        int demoHistory,
        String adminPassword,
        String metricsPassword,
        Login login,
        Oidc oidc,
        Mail mail,
        Map<String, Span> deadlines,
        List<Integer> followUpMonths) {

    /** Whether people reach the application over an encrypted connection. */
    public boolean isSecure() {
        return "https".equalsIgnoreCase(publicUrl.getScheme());
    }

    /**
     * @param wrongPerAccount how many wrong passwords an account takes
     * @param wrongPerAddress how many wrong passwords may come from one address of the network, which many people may share
     * @param within the period in which as many may be tried again
     * @param secondFactorFor the roles that must turn on the second step
     */
    public record Login(int wrongPerAccount, int wrongPerAddress, Duration within, Set<Role> secondFactorFor) {
        public Login {
            secondFactorFor = secondFactorFor == null ? Set.of() : Set.copyOf(secondFactorFor);
        }
    }

    /**
     * The provider itself is named by the standard settings, spring.security.oauth2.client.*.
     *
     * @param userNameClaim what the person is called here when they come for the first time
     * @param groupsClaim the groups that the person belongs to
     * @param centresClaim the centres that the person belongs to
     * @param groups by group the role it means in each of these centres, or "centre:role" for one centre; a group left out means nothing
     * @param centres by the provider's name of a centre its id here, where that is another
     * @param linkExisting whether somebody with the name of an account that exists is taken for its owner; only where the provider
     *     lets nobody choose their name
     * @param localLogin whether passwords of ours log in, too
     */
    public record Oidc(
            String userNameClaim,
            String groupsClaim,
            String centresClaim,
            Map<String, String> groups,
            Map<String, String> centres,
            boolean linkExisting,
            boolean localLogin) {
        public Oidc {
            groups = groups == null ? Map.of() : Map.copyOf(groups);
            centres = centres == null ? Map.of() : Map.copyOf(centres);
        }
    }

    /**
     * @param from the sender of a centre without an address of its own
     * @param directory where messages are written when no SMTP host is set
     * @param attempts how often a message is tried before it counts as failed
     * @param firstRetry the pause after the first failure; it doubles with each further one
     * @param longestRetry the longest pause between two tries
     * @param quietHours times of day in Athens in which people get no message that they did not cause themselves
     */
    public record Mail(
            String from,
            String directory,
            int attempts,
            Duration firstRetry,
            Duration longestRetry,
            List<QuietHours> quietHours) {}

    /** A part of the day, from its start up to but without its end; it may reach over midnight. Written "20:00-08:00". */
    public record QuietHours(LocalTime from, LocalTime to) {

        /** Reads "15:00-17:30"; an {@link IllegalArgumentException} when it is anything else. */
        public static QuietHours valueOf(String text) {
            String[] ends = text.split("-");
            if (ends.length != 2) {
                throw new IllegalArgumentException("Quiet hours are written 15:00-17:30, not " + text);
            }
            return new QuietHours(LocalTime.parse(ends[0].strip()), LocalTime.parse(ends[1].strip()));
        }

        /** Whether the time lies within these hours. */
        public boolean contains(LocalTime time) {
            return from.isBefore(to)
                    ? !time.isBefore(from) && time.isBefore(to)
                    : !time.isBefore(from) || time.isBefore(to);
        }
    }

    /** The length of the named deadline; an {@link IllegalArgumentException} when no such setting exists. */
    public Span deadline(String name) {
        Span span = deadlines.get(name);
        if (span == null) {
            throw new IllegalArgumentException("There is no setting diadromi.deadlines." + name);
        }
        return span;
    }
}
