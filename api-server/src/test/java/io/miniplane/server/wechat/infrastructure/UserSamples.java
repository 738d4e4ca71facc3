package io.miniplane.server.wechat.infrastructure;

import static io.miniplane.server.wechat.infrastructure.Sample.CODE;
import static io.miniplane.server.wechat.infrastructure.Sample.KEY;
import static io.miniplane.server.wechat.infrastructure.Sample.OK;
import static io.miniplane.server.wechat.infrastructure.Sample.OPEN_ID;
import static io.miniplane.server.wechat.infrastructure.Sample.TRADE;

import io.miniplane.server.wechat.EncryptedDataOrigins.Origin;
import io.miniplane.server.wechat.PhoneNumber;
import io.miniplane.server.wechat.SessionKey;
import io.miniplane.server.wechat.UserEncryptionKeys.UserKey;
import io.miniplane.server.wechat.WechatSession;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The calls about users. */
final class UserSamples {

    private static final String PROOF = "openid=" + OPEN_ID + "&sig_method=hmac_sha256&signature="
            + "46e043c5525c2d817c44be603d30837a808a1d930d038f6fdc3e62a201fed128";

    private UserSamples() {}

    static List<Sample> all() {
        return Stream.of(sessions(), users()).flatMap(List::stream).toList();
    }

    private static List<Sample> sessions() {
        return List.of(
                new Sample(
                        Endpoint.JSCODE2SESSION,
                        wechat -> wechat.login.exchange(CODE),
                        "GET appid=" + WechatStage.APP + "&grant_type=authorization_code&js_code=" + CODE + "&secret="
                                + WechatStage.SECRET + " ",
                        "{\"openid\":\"" + OPEN_ID + "\",\"session_key\":\"k\"}",
                        new WechatSession(OPEN_ID, null, new SessionKey("k"))),
                new Sample(
                        Endpoint.CHECKSESSION,
                        wechat -> wechat.clients.wechatSessions().isAlive(OPEN_ID, KEY),
                        "GET " + PROOF + " ",
                        OK,
                        true),
                new Sample(
                        Endpoint.RESETUSERSESSIONKEY,
                        wechat -> wechat.clients.wechatSessions().reset(OPEN_ID, KEY),
                        "GET " + PROOF + " ",
                        "{\"openid\":\"" + OPEN_ID + "\",\"session_key\":\"fresh\"}",
                        new SessionKey("fresh")));
    }

    private static List<Sample> users() {
        return List.of(
                new Sample(
                        Endpoint.GETPAIDUNIONID,
                        wechat -> wechat.clients.paidUnionIds().of(OPEN_ID, TRADE),
                        "GET mch_id=1900001&openid=" + OPEN_ID + "&out_trade_no=shop-000001 ",
                        "{\"unionid\":\"u1\",\"errcode\":0}",
                        "u1"),
                new Sample(
                        Endpoint.CHECKENCRYPTEDMSG,
                        wechat -> wechat.clients.encryptedDataOrigins().of("abc"),
                        "POST  {\"encrypted_msg_hash\":\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"}",
                        "{\"errcode\":0,\"vaild\":true,\"create_time\":1767323045}",
                        new Origin(true, Instant.ofEpochSecond(1767323045))),
                new Sample(
                        Endpoint.GETUSERENCRYPTKEY,
                        wechat -> wechat.clients.userEncryptionKeys().newest(OPEN_ID, KEY),
                        "GET " + PROOF + " ",
                        "{\"errcode\":0,\"key_info_list\":[{\"encrypt_key\":\"VI6BpyrK9XH4i4AIGe86tg==\","
                                + "\"version\":10,\"expire_in\":3597,\"iv\":\"6003f73ec441c386\",\"create_time\":1767323045}]}",
                        List.of(new UserKey(
                                "VI6BpyrK9XH4i4AIGe86tg==",
                                "6003f73ec441c386",
                                10,
                                Duration.ofSeconds(3597),
                                Instant.ofEpochSecond(1767323045)))),
                new Sample(
                        Endpoint.GETUSERPHONENUMBER,
                        wechat -> wechat.clients.wechatPhone().exchange(CODE, OPEN_ID),
                        "POST  {\"code\":\"" + CODE + "\",\"openid\":\"" + OPEN_ID + "\"}",
                        "{\"errcode\":0,\"phone_info\":{\"purePhoneNumber\":\"13800001234\",\"countryCode\":\"86\","
                                + "\"watermark\":{\"appid\":\"" + WechatStage.APP + "\"}}}",
                        new PhoneNumber("86", "13800001234")));
    }
}
