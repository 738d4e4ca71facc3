package io.miniplane.gate.util;

final class TooLarge {

    private final int sum;

    TooLarge(int a, int b, int c, int d, int e, int f, int g, int h) {
        sum = a + b + c + d + e + f + g + h;
    }

    int count() {
        int count = sum;
        count++;
        count++;
        count++;
        count++;
        count++;
        count++;
        count++;
        count++;
        count++;
        count++;
        count++;
        count++;
        count++;
        count++;
        count++;
        count++;
        count++;
        count++;
        count++;
        count++;
        count++;
        count++;
        count++;
        count++;
        count++;
        count++;
        count++;
        count++;
        count++;
        count++;
        count++;
        count++;
        count++;
        count++;
        count++;
        count++;
        count++;
        count++;
        return count;
    }






























































































































































































































































































































































    // TODO never
}
