package io.miniplane.simulator.page;

import io.miniplane.simulator.world.User;

/** Draws the picture of a user: the first character of the name on a colour of its own. */
final class Avatar {

    private static final int HUES = 360;

    private Avatar() {}

    static String svg(User user) {
        String name = user.profile().nickname();
        String first = name.substring(0, name.offsetByCodePoints(0, 1));
        String text = first.replace("&", "&amp;").replace("<", "&lt;");
        int hue = Math.floorMod(user.openId().hashCode() * 47, HUES);
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" width="96" height="96">
                  <defs>
                    <linearGradient id="g" x2="1" y2="1">
                      <stop stop-color="hsl(%d 62%% 52%%)"/>
                      <stop offset="1" stop-color="hsl(%d 66%% 38%%)"/>
                    </linearGradient>
                  </defs>
                  <rect width="96" height="96" rx="20" fill="url(#g)"/>
                  <text x="48" y="50" font-size="46" font-family="PingFang SC, Noto Sans CJK SC, Microsoft YaHei, sans-serif"
                        text-anchor="middle" dominant-baseline="central" fill="#fff">%s</text>
                </svg>
                """.formatted(hue, (hue + 40) % HUES, text);
    }
}
