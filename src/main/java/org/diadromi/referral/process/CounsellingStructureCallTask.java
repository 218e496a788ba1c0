package org.diadromi.referral.process;

import org.diadromi.casefile.CaseFiles;
import org.diadromi.referral.Referrals;
import org.springframework.stereotype.Component;

/** Asks the same of a structure to which a person is referred at the end of counselling; their counsellor does. */
@Component
class CounsellingStructureCallTask extends StructureCallTask {

    CounsellingStructureCallTask(CaseFiles cases, Referrals referrals) {
        super(cases, referrals);
    }

    @Override
    public String id() {
        return "task_counselling_structureCall";
    }
}
