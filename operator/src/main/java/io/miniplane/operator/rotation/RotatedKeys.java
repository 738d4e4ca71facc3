package io.miniplane.operator.rotation;

import io.fabric8.kubernetes.api.model.Pod;
import io.miniplane.operator.objects.KeyRotation;
import java.time.Instant;
import java.util.Collection;

/** The keys of one backend and what else a rotation reads and changes. Each change is one write. */
interface RotatedKeys {

    /** Where the replacement of the keys stands. */
    KeyRotation rotation();

    /** Puts new keys beside those that are there, unless the replacement stands elsewhere by now. */
    void introduce(KeyRotation known, Instant now);

    /** Goes on to the next phase, unless the replacement stands elsewhere by now. */
    void advance(KeyRotation known, Instant now);

    /** The pods of the backend as the API server knows them now, not as they were last seen. */
    Collection<Pod> podsNow();

    /** Takes the request for new keys from the backend's annotations. */
    void forgetRequest();
}
