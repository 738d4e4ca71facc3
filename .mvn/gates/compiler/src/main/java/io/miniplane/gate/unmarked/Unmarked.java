package io.miniplane.gate.unmarked;

final class Unmarked {}
