package org.diadromi.privacy;

/** Starts the process that answers a request, for whoever registers it on a page. */
public interface RequestStart {

    /** Starts it for a request of the centre's case that has been registered, in the same transaction. */
    void start(String centreId, String caseNumber, long requestId, String kind);
}
