package io.miniplane.server.content.application;

import io.miniplane.server.platform.security.UserId;
import io.miniplane.server.wechat.ContentChecks.MediaType;
import io.miniplane.server.wechat.ContentChecks.Scene;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;

/**
 * The check of a picture or a sound.
 *
 * @param id a UUID of version 7
 * @param owner who asked for it
 * @param file what is checked
 * @param outcome what came of it so far
 * @param createdAt when it was asked for
 */
public record ContentCheck(UUID id, UserId owner, MediaFile file, Outcome outcome, Instant createdAt) {

    /**
     * A file that WeChat fetches by itself.
     *
     * @param type what it is
     * @param scene where it is shown
     * @param url where it lies
     */
    public record MediaFile(MediaType type, Scene scene, URI url) {

        @Override
        public String toString() {
            return "MediaFile[redacted]";
        }
    }
}
