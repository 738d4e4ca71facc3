package io.miniplane.simulator.pay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SealedResourceVectorsTest {

    /** Published with WeChat Pay's own library. */
    @Test
    void the_published_vector_comes_out() {
        assertThat(SealedResource.encrypt(
                        "a7cde1ZJB1kG2e7VfTs3jQzaWizur8Gb", "uluk4a9R25RW", "associatedData", "message"))
                .isEqualTo("ulwSiIajGClcvcOYvOQ7+l+0PAbzzwI=");
    }
}
