package org.diadromi.referral;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;

/** What is typed into the form of a local structure, as typed. */
class StructureForm {

    String kind = "municipality";

    @NotBlank(message = "{structures.name.missing}")
    @Size(max = 200, message = "{structures.tooLong}")
    String name;

    @Size(max = 200, message = "{structures.tooLong}")
    String area;

    @Size(max = 200, message = "{structures.tooLong}")
    String address;

    @Size(max = 30, message = "{structures.tooLong}")
    String phone;

    @Size(max = 200, message = "{structures.tooLong}")
    String email;

    @Size(max = 1000, message = "{structures.tooLong}")
    String services;

    @Size(max = 200, message = "{structures.tooLong}")
    String contactName;

    @Size(max = 200, message = "{structures.tooLong}")
    String contactRole;

    @Size(max = 30, message = "{structures.tooLong}")
    String contactPhone;

    @Size(max = 200, message = "{structures.tooLong}")
    String contactEmail;

    String agreement = "NONE";

    String agreedOn;

    @Size(max = 1000, message = "{structures.tooLong}")
    String note;

    Integer version;

    static StructureForm of(Structure structure) {
        StructureForm form = new StructureForm();
        form.kind = structure.kind();
        form.name = structure.name();
        form.area = structure.area();
        form.address = structure.address();
        form.phone = structure.phone();
        form.email = structure.email();
        form.services = structure.services();
        form.contactName = structure.contactName();
        form.contactRole = structure.contactRole();
        form.contactPhone = structure.contactPhone();
        form.contactEmail = structure.contactEmail();
        form.agreement = structure.agreement().name();
        form.agreedOn =
                structure.agreedOn() == null ? null : structure.agreedOn().toString();
        form.note = structure.note();
        form.version = structure.version();
        return form;
    }

    /** The structure as typed, once every field has been found right. */
    Structure structure(Long id, String centreId, LocalDate today) {
        Structure.Agreement agreed = Structure.Agreement.valueOf(agreement);
        return new Structure(
                id,
                centreId,
                kind,
                name.strip(),
                filled(area),
                filled(address),
                filled(phone),
                filled(email),
                filled(services),
                filled(contactName),
                filled(contactRole),
                filled(contactPhone),
                filled(contactEmail),
                agreed,
                agreed == Structure.Agreement.NONE ? null : day(agreedOn),
                filled(note),
                true,
                today,
                null,
                id == null ? null : version);
    }

    static String filled(String typed) {
        return typed == null || typed.isBlank() ? null : typed.strip();
    }

    /** The day; null when it is none. */
    static LocalDate day(String typed) {
        try {
            LocalDate day = filled(typed) == null ? null : LocalDate.parse(typed.strip());
            return day == null || day.getYear() < 1900 || day.getYear() > 2200 ? null : day;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    // What the page reads other than as fields.

    public String getKind() {
        return kind;
    }

    public String getAgreement() {
        return agreement;
    }

    public Integer getVersion() {
        return version;
    }
}
