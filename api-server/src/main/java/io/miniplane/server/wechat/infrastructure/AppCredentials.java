package io.miniplane.server.wechat.infrastructure;

/**
 * What proves to WeChat which app is calling.
 *
 * @param appId AppID of the mini-program
 * @param secret its AppSecret
 */
record AppCredentials(String appId, String secret) {

    @Override
    public String toString() {
        return "AppCredentials[" + appId + "]";
    }
}
