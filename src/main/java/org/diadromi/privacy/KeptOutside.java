package org.diadromi.privacy;

import org.diadromi.casefile.CaseFile;

/** What a part of the application keeps of a case outside of the tables that refer to it: files, the engine's history. */
public interface KeptOutside {

    /**
     * Called in the transaction of an erasure, before the tables are emptied.
     *
     * @return what is done once the transaction has been committed, for what knows no transaction
     */
    Runnable erase(CaseFile caseFile);
}
