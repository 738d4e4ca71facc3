package io.miniplane.server.identity.web;

/** How encrypted data of WeChat looks in a body; form decoding on the way may have made spaces of plus signs. */
final class EncryptedText {

    static final String BASE64 = "[A-Za-z0-9+/ ]+={0,2}";
    static final String IV = "[A-Za-z0-9+/ ]{22}==";

    private EncryptedText() {}
}
