package org.diadromi.referral;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

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

    /** Whom else to ask for, up to {@link #MOST_OTHERS}. */
    @Valid
    List<Other> others = new ArrayList<>();

    /** Who gets the referrals: 0 for the first contact, else the place among the others. */
    int receiver;

    String agreement = "NONE";

    String agreedOn;

    @Size(max = 1000, message = "{structures.tooLong}")
    String note;

    Integer version;

    /** The most people to ask for beside the first. */
    static final int MOST_OTHERS = 4;

    /** Somebody else to ask for, as typed. */
    static class Other {

        @Size(max = 200, message = "{structures.tooLong}")
        String name;

        @Size(max = 200, message = "{structures.tooLong}")
        String role;

        @Size(max = 30, message = "{structures.tooLong}")
        String phone;

        @Size(max = 200, message = "{structures.tooLong}")
        String email;

        static Other of(StructureContact contact) {
            Other other = new Other();
            other.name = contact.contactName();
            other.role = contact.contactRole();
            other.phone = contact.contactPhone();
            other.email = contact.contactEmail();
            return other;
        }

        boolean isEmpty() {
            return filled(name) == null && filled(role) == null && filled(phone) == null && filled(email) == null;
        }

        StructureContact contact() {
            return new StructureContact(filled(name), filled(role), filled(phone), filled(email));
        }

        public String getName() {
            return name;
        }

        public String getRole() {
            return role;
        }

        public String getPhone() {
            return phone;
        }

        public String getEmail() {
            return email;
        }
    }

    static StructureForm of(Structure structure, List<StructureContact> others) {
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
        others.forEach(other -> form.others.add(Other.of(other)));
        form.agreement = structure.agreement().name();
        form.agreedOn =
                structure.agreedOn() == null ? null : structure.agreedOn().toString();
        form.note = structure.note();
        form.version = structure.version();
        return form;
    }

    /** Whoever gets the referrals comes first: it is in their name that the structure is asked. */
    void receiverFirst() {
        if (receiver < 1 || receiver > others.size()) {
            return;
        }
        Other chosen = others.get(receiver - 1);
        Other first = new Other();
        first.name = contactName;
        first.role = contactRole;
        first.phone = contactPhone;
        first.email = contactEmail;
        contactName = chosen.name;
        contactRole = chosen.role;
        contactPhone = chosen.phone;
        contactEmail = chosen.email;
        others.set(receiver - 1, first);
        receiver = 0;
    }

    /** The others as typed, once every field has been found right; rows without anything are left out. */
    List<StructureContact> contacts() {
        return others.stream()
                .filter(other -> !other.isEmpty())
                .map(Other::contact)
                .toList();
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

    public List<Other> getOthers() {
        return others;
    }

    public int getReceiver() {
        return receiver;
    }

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
