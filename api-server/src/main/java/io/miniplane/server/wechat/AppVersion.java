package io.miniplane.server.wechat;

/** Which version of the mini-program opens. */
public enum AppVersion {
    /** The one that all users have. */
    RELEASE,
    /** The one that its testers have. */
    TRIAL,
    /** The one that its developers have. */
    DEVELOP
}
