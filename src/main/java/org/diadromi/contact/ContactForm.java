package org.diadromi.contact;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Locale;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.FirstContact;

/**
 * What a person types into the public form, as typed: numbers are texts too, so that a wrong answer comes back to be mended. The
 * limits are those of the form that staff fill in.
 */
class ContactForm {

    @NotBlank(message = "{contactPage.centre.missing}")
    String centre;

    @NotBlank(message = "{contactPage.firstName.missing}")
    @Size(max = 100, message = "{contactPage.tooLong.100}")
    String firstName;

    @NotBlank(message = "{contactPage.lastName.missing}")
    @Size(max = 100, message = "{contactPage.tooLong.100}")
    String lastName;

    @NotBlank(message = "{contactPage.salutation.missing}")
    @Pattern(regexp = "|kyria|kyrios|unknown", message = "{contactPage.salutation.missing}")
    String salutation;

    @Size(max = 30, message = "{contactPage.phone.wrong}")
    String phone;

    @Size(max = 200, message = "{contactPage.email.wrong}")
    String email;

    @NotBlank(message = "{contactPage.municipality.missing}")
    @Size(max = 100, message = "{contactPage.tooLong.100}")
    String municipality;

    @NotBlank(message = "{contactPage.aloneOrGroup.missing}")
    @Pattern(regexp = "|alone|group", message = "{contactPage.aloneOrGroup.missing}")
    String aloneOrGroup;

    /** Counts for a group only; a group that does not know yet leaves it empty. */
    @Pattern(regexp = "\\s*|\\s*([2-9]|[1-9]\\d|[1-4]\\d\\d|500)\\s*", message = "{contactPage.groupSize.wrong}")
    String groupSize;

    @Size(max = 2000, message = "{contactPage.tooLong.2000}")
    String idea;

    @AssertTrue(message = "{contactPage.informed.missing}")
    boolean informed;

    /** Not shown to people: who fills it in is a program. */
    String remark;

    boolean fromProgram() {
        return text(remark) != null;
    }

    /** The answers as a first contact; only for a form that passed its checks. */
    FirstContact contact(Locale locale) {
        boolean group = "group".equals(aloneOrGroup);
        String size = text(groupSize);
        return new FirstContact(
                centre,
                text(firstName),
                text(lastName),
                CaseFile.Salutation.valueOf(salutation.toUpperCase(Locale.ROOT)),
                text(phone),
                text(email),
                text(municipality),
                "en".equals(locale.getLanguage()) ? "en" : "el",
                "publicForm",
                null,
                // A group that does not know its size yet is at least two.
                group ? size == null ? 2 : Integer.parseInt(size) : 1,
                text(idea));
    }

    /** What was typed without blanks around it; null for nothing. */
    static String text(String typed) {
        return typed == null || typed.isBlank() ? null : typed.strip();
    }
}
