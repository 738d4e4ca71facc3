package io.miniplane.trespass.shop.application;

import io.miniplane.trespass.shop.infrastructure.TrespassingRows;
import org.springframework.stereotype.Service;

/** Breaks rules on purpose: a use case that is a bean and knows its adapter. */
@Service
public class TrespassingUseCase {

    TrespassingRows rows;
}
