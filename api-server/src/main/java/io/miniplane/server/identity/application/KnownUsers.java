package io.miniplane.server.identity.application;

import io.miniplane.server.identity.domain.KnownUser;
import io.miniplane.server.identity.domain.Phone;
import io.miniplane.server.identity.domain.Profile;
import io.miniplane.server.platform.Paging;
import io.miniplane.server.platform.audit.StaffAccess;
import io.miniplane.server.platform.security.SessionId;
import io.miniplane.server.platform.security.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** All users, deleted ones too, as staff deals with them. Every call leaves its row in the audit log, in one statement with what it does. */
public interface KnownUsers {

    /** The users that a query names, the newest first, one more than its part holds where there are more. */
    Mono<List<KnownUser>> list(Query query, StaffAccess access);

    /** A user, or empty where there never was one. */
    Mono<KnownUser> find(UserId id, StaffAccess access);

    /** Adds a user who has not logged in yet; empty where the openid is known. */
    Mono<KnownUser> add(UserId id, Newcomer newcomer, StaffAccess access);

    /** Replaces the profile of a live user if it is still of the given version. */
    Mono<Change> replaceProfile(UserId id, Profile profile, long version, StaffAccess access);

    /** Deletes a user softly: shreds what is personal and ends every session. Again it changes nothing. */
    Mono<Deletion> delete(UserId id, StaffAccess access);

    /**
     * Which users.
     *
     * @param paging which part of them
     * @param phone only those who have bound this number, or null
     * @param deleted true: only deleted ones; false: only live ones; null: both
     */
    record Query(
            Paging paging, @Nullable Phone phone, @Nullable Boolean deleted) {

        @Override
        public String toString() {
            return "Query[redacted]";
        }
    }

    /**
     * A user of WeChat who is to be known before they come.
     *
     * @param openId the user of this mini-program
     * @param unionId the user across apps, or null
     * @param profile what is known about them
     */
    record Newcomer(String openId, @Nullable String unionId, Profile profile) {

        @Override
        public String toString() {
            return "Newcomer[redacted]";
        }
    }

    /**
     * What came of a change.
     *
     * @param found whether there is such a live user
     * @param user the user as they are now, or null where nothing was changed
     */
    record Change(boolean found, @Nullable KnownUser user) {}

    /**
     * What came of a deletion.
     *
     * @param found whether there is or was such a user
     * @param ended the sessions that ended with it
     */
    record Deletion(boolean found, List<SessionId> ended) {}
}
