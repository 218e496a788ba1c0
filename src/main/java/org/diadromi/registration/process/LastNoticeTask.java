package org.diadromi.registration.process;

import java.time.LocalDate;
import org.diadromi.Texts;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.registration.RegistrationService;
import org.springframework.stereotype.Component;

/** Records that the additional data went to the Registry after its last notice. */
@Component
class LastNoticeTask extends AdditionalDataTask {

    private final RegistrationService registrations;

    LastNoticeTask(CaseFiles cases, RegistrationService registrations, Texts texts) {
        super(cases, registrations, texts);
        this.registrations = registrations;
    }

    @Override
    public String id() {
        return "task_registration_lastNotice";
    }

    @Override
    String textKey() {
        return "registration.lastNotice";
    }

    @Override
    LocalDate deadline(CaseFile caseFile) {
        return registrations.lastNoticeBy(caseFile);
    }
}
