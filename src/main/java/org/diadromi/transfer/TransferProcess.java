package org.diadromi.transfer;

/** The process by which a centre answers an offer; it runs in that centre. */
public interface TransferProcess {

    /** Puts the offer before the other centre, in the transaction that records it. */
    void begin(Transfer transfer);

    /** Takes the offer from before the other centre, because there is nothing to answer any more. */
    void end(Transfer transfer);
}
