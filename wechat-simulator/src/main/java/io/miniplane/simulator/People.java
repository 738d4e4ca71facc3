package io.miniplane.simulator;

import io.miniplane.simulator.control.Control;
import io.miniplane.simulator.world.Profile;

/** A few people who are there from the start, so that a person at the page has somebody to log in as. */
public final class People {

    private People() {}

    /** Makes them. */
    public static void seed(Control control) {
        put(control, "oSimulatedUser-00000000000001", "13812345678", "王小明", 1, "Guangdong", "Shenzhen");
        put(control, "oSimulatedUser-00000000000002", "15987654321", "李晓雯", 2, "Sichuan", "Chengdu");
        put(control, "oSimulatedUser-00000000000003", "+852 61234567", "陳大文", 1, "Hong Kong", "");
        put(control, "oSimulatedUser-00000000000004", "18600001234", "周团子", 0, "Shaanxi", "Xi'an");
    }

    private static void put(
            Control control, String openId, String phone, String name, int gender, String province, String city) {
        Profile profile = new Profile(name, "", gender, "zh_CN", "China", province, city);
        control.putUser(openId, null, phone, false, profile);
    }
}
