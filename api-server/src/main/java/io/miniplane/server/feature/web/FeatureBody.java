package io.miniplane.server.feature.web;

import io.miniplane.server.feature.application.Flags.Setting;

/** A feature as it is for the user who asks. */
record FeatureBody(String name, Object value, String variant) {

    static FeatureBody of(Setting setting) {
        return new FeatureBody(setting.name(), setting.value(), setting.variant());
    }
}
