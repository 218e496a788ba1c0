package org.diadromi.contact;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;

/** Telephone numbers as people write them. */
public final class Phones {

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

    private Phones() {}

    /**
     * The number in international form (+302661012345), a Greek one unless it says otherwise; a {@link RuleViolation} when it is
     * no number that can be called.
     */
    public static String normalize(String typed) {
        try {
            PhoneNumber number = NUMBERS.parse(typed, "GR");
            if (NUMBERS.isValidNumber(number)) {
                return NUMBERS.format(number, PhoneNumberFormat.E164);
            }
        } catch (NumberParseException e) {
            // Said below.
        }
        throw new RuleViolation(Problem.PHONE_INVALID, typed);
    }
}
