package io.miniplane.simulator.world;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What a person shows of themselves.
 *
 * @param nickname the name others see
 * @param avatarUrl where the picture is; empty for the one that the simulator draws
 * @param gender 0 unknown, 1 male, 2 female
 * @param language for example {@code zh_CN}
 * @param country for example {@code China}
 * @param province the province within the country
 * @param city the city within the province
 */
public record Profile(
        String nickname, String avatarUrl, int gender, String language, String country, String province, String city) {

    private static final List<Profile> MADE_UP = List.of(
            made("王小明", 1, "Guangdong", "Shenzhen"),
            made("李晓雯", 2, "Sichuan", "Chengdu"),
            made("陈大海", 1, "Fujian", "Xiamen"),
            made("赵一诺", 2, "Zhejiang", "Hangzhou"),
            made("孙悦", 0, "Beijing", "Haidian"),
            made("周子涵", 2, "Jiangsu", "Suzhou"),
            made("🐼 团子", 0, "Shaanxi", "Xi'an"),
            made("吴磊", 1, "Hubei", "Wuhan"));

    /** @throws IllegalArgumentException when the nickname or gender is none */
    public Profile {
        if (nickname.isBlank() || nickname.length() > 64) {
            throw new IllegalArgumentException("A nickname has 1 to 64 characters.");
        }
        if (gender < 0 || gender > 2) {
            throw new IllegalArgumentException("A gender is 0 (unknown), 1 (male) or 2 (female).");
        }
    }

    /** A profile with nothing but a name. */
    public static Profile named(String nickname) {
        return new Profile(nickname, "", 0, "zh_CN", "", "", "");
    }

    /** One of a few made-up people. */
    static Profile random() {
        return MADE_UP.get(ThreadLocalRandom.current().nextInt(MADE_UP.size()));
    }

    private static Profile made(String nickname, int gender, String province, String city) {
        return new Profile(nickname, "", gender, "zh_CN", "China", province, city);
    }
}
