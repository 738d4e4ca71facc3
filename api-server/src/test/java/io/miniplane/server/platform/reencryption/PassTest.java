package io.miniplane.server.platform.reencryption;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.platform.reencryption.Pass.Batch;
import io.miniplane.server.platform.reencryption.Pass.Count;
import io.miniplane.server.platform.reencryption.Pass.Phase;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PassTest {

    private static final UUID HERE = new UUID(7, 7);

    @Test
    void countingGoesOnToTheEndAndThenRewritingBeginsAtTheFirstRow() {
        Pass counting = Pass.FIRST.counted(new Count(HERE, false, 5));
        assertThat(counting).isEqualTo(new Pass(Phase.COUNTING, HERE, 5, 0, 0));
        assertThat(counting.counted(new Count(HERE, true, 2)))
                .isEqualTo(new Pass(Phase.REWRITING, Pass.START, 7, 0, 0));
    }

    @Test
    void aPassBeginsWithItsFirstRow() {
        assertThat(Pass.FIRST.isAtStart()).isFalse();
        assertThat(Pass.FIRST.counted(new Count(HERE, true, 2)).isAtStart()).isTrue();
        assertThat(new Pass(Phase.REWRITING, HERE, 1, 0, 0).isAtStart()).isFalse();
        assertThat(new Pass(Phase.REWRITING, HERE, 1, 1, 0)
                        .rewritten(new Batch(HERE, true, 0, 0, 0))
                        .isAtStart())
                .isTrue();
        assertThat(new Pass(Phase.COMPLETE, Pass.START, 0, 0, 0).isAtStart()).isFalse();
    }

    @Test
    void aPassThatChangedARowIsFollowedByAnother() {
        Pass pass = new Pass(Phase.REWRITING, Pass.START, 7, 0, 0).rewritten(new Batch(HERE, false, 4, 0, 0));
        assertThat(pass).isEqualTo(new Pass(Phase.REWRITING, HERE, 3, 4, 0));
        assertThat(pass.rewritten(new Batch(HERE, true, 0, 0, 0)))
                .isEqualTo(new Pass(Phase.REWRITING, Pass.START, 3, 0, 0));
    }

    @Test
    void aRowThatSomebodyElseWroteMeanwhileIsLookedAtAgain() {
        Pass pass = new Pass(Phase.REWRITING, Pass.START, 1, 0, 0).rewritten(new Batch(HERE, true, 0, 1, 0));
        assertThat(pass.phase()).isEqualTo(Phase.REWRITING);
    }

    @Test
    void rowsThatNoKeyOpensAreCountedAndKeepNothingFromBeingComplete() {
        Pass pass = new Pass(Phase.REWRITING, Pass.START, 3, 0, 0).rewritten(new Batch(HERE, true, 0, 0, 3));
        assertThat(pass).isEqualTo(new Pass(Phase.COMPLETE, Pass.START, 0, 0, 3));
    }
}
