package io.miniplane.gate;

import java.util.List;

final class RawList {

    private RawList() {}

    static int size(List values) {
        return values.size();
    }
}
