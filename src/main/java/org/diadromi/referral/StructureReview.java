package org.diadromi.referral;

/** Begins the process by which staff are asked each year whether a structure of the directory is still right. */
public interface StructureReview {

    /** Begins it for a structure that has just been entered. */
    void begin(Structure structure);
}
