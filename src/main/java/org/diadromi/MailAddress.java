package org.diadromi;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;

/** What counts as an e-mail address wherever one is typed. */
public final class MailAddress {

    private MailAddress() {}

    /** The address as typed; a {@link RuleViolation} when no mail could reach it. */
    public static String checked(String typed) {
        try {
            InternetAddress address = new InternetAddress(typed, true);
            // A bare name is a valid address on the machine itself, which is no use to anybody.
            if (address.getAddress().matches("[^@\\s]+@[^@\\s]+\\.[^@\\s.]+")
                    && address.getAddress().equals(typed)) {
                return typed;
            }
        } catch (AddressException e) {
            // Said below.
        }
        throw new RuleViolation(Problem.MAIL_INVALID, typed);
    }
}
