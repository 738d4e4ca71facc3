package io.miniplane.trespass.shop.web;

import io.miniplane.trespass.shop.infrastructure.TrespassingRows;

/** Breaks rules on purpose: public, and past the use case straight to the rows. */
public class TrespassingRoutes {

    TrespassingRows rows;
}
