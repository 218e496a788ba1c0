package org.diadromi.contact;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.Locale;
import org.diadromi.casefile.FirstContact;

/** What somebody of another structure types of a person whom they send to a centre; together with who they are themselves. */
class PartnerForm extends ContactForm {

    @NotBlank(message = "{partnerPage.structure.missing}")
    @Size(max = 80, message = "{partnerPage.tooLong.80}")
    String structure;

    @NotBlank(message = "{partnerPage.colleague.missing}")
    @Size(max = 60, message = "{partnerPage.tooLong.60}")
    String colleague;

    /** A telephone number or a mail address; somebody reads it, so any form will do. */
    @NotBlank(message = "{partnerPage.colleagueReach.missing}")
    @Size(max = 55, message = "{partnerPage.tooLong.55}")
    String colleagueReach;

    PartnerForm() {
        aloneOrGroup = "alone";
    }

    @Override
    FirstContact contact(Locale locale) {
        return super.contact(locale)
                .from("partner", String.join(", ", text(structure), text(colleague), text(colleagueReach)));
    }
}
