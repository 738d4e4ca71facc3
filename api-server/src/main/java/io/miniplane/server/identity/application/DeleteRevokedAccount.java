package io.miniplane.server.identity.application;

import reactor.core.publisher.Mono;

/** Deletes the account of a user who told WeChat that the mini-program may not keep personal data any more. */
public final class DeleteRevokedAccount {

    private final OpenIds openIds;
    private final DeleteAccount deleteAccount;

    /** Finds the user and deletes the account as the user would. */
    public DeleteRevokedAccount(OpenIds openIds, DeleteAccount deleteAccount) {
        this.openIds = openIds;
        this.deleteAccount = deleteAccount;
    }

    /** Deletes the account of this openid; where there is none it changes nothing. */
    public Mono<Void> delete(String openId) {
        return openIds.find(openId).flatMap(deleteAccount::delete);
    }
}
