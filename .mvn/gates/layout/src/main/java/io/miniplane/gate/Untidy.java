package io.miniplane.gate;

final class Untidy { int  x ( ) { return 1 ; } }
