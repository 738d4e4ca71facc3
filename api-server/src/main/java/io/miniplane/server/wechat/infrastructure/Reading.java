package io.miniplane.server.wechat.infrastructure;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** Where WeChat's documentation leaves two readings open: both are taken, and the first time that one is met it is said, once per process. */
enum Reading {
    /** The country code of a phone number. */
    COUNTRY_CODE_AS_NUMBER("the countryCode of a phone number is a number"),
    /** The country code of a phone number. */
    COUNTRY_CODE_AS_TEXT("the countryCode of a phone number is text"),
    /** The content type of answers. */
    ANSWERS_AS_JSON("answers come as application/json"),
    /** The content type of answers. */
    ANSWERS_AS_TEXT("answers come as text/plain"),
    /** The content type of answers. */
    ANSWERS_AS_ANYTHING("answers come as neither application/json nor text/plain"),
    /** How a field of {@code checkencryptedmsg} is spelt. */
    VALID_MISSPELT("checkencryptedmsg answers vaild"),
    /** How a field of {@code checkencryptedmsg} is spelt. */
    VALID_SPELT_RIGHT("checkencryptedmsg answers valid"),
    /** The method of {@code getuserencryptkey}. */
    USER_KEYS_BY_GET("getuserencryptkey takes GET"),
    /** The method of {@code getuserencryptkey}. */
    USER_KEYS_BY_POST("getuserencryptkey takes POST"),
    /** Whether requests under API security need their serial. */
    SECURITY_WITHOUT_REQUEST_SERIAL("API security takes requests without Wechatmp-Serial"),
    /** Whether requests under API security need their serial. */
    SECURITY_WITH_REQUEST_SERIAL("API security wants Wechatmp-Serial in requests");

    private static final Logger LOG = LogManager.getLogger(Reading.class);
    private static final Set<Reading> MET = ConcurrentHashMap.newKeySet();

    private final String sentence;

    Reading(String sentence) {
        this.sentence = sentence;
    }

    /** Says it, unless it has been said. */
    void met() {
        if (MET.add(this)) {
            LOG.info("WeChat could be read in two ways; met now: {}", sentence);
        }
    }

    /** Whether it has been met in this process. */
    boolean hasBeenMet() {
        return MET.contains(this);
    }
}
