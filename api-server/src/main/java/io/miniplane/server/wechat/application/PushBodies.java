package io.miniplane.server.wechat.application;

import io.miniplane.server.wechat.domain.PushRefusal;
import io.miniplane.server.wechat.domain.PushTree;

/** Reads the bodies of pushes, JSON or XML, whichever they are. */
public interface PushBodies {

    /**
     * The fields of a body.
     *
     * @throws PushRefusal when it is neither, too deep, or says a field twice
     */
    PushTree read(byte[] body);
}
