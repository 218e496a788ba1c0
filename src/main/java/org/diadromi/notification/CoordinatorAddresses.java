package org.diadromi.notification;

import java.util.List;
import org.diadromi.centre.Centre;

/** Who coordinates a centre. */
public interface CoordinatorAddresses {

    /** The e-mail addresses of the centre's coordinators, or the centre's own where no coordinator has one; may be empty. */
    List<String> of(Centre centre);
}
