package io.miniplane.simulator.world;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Which words in texts, and in the addresses of media, WeChat objects to. */
public final class ContentRules {

    /** The label of what nobody objects to. */
    public static final int HARMLESS = 100;

    private static final List<ContentRule> AT_FIRST = List.of(
            new ContentRule("simulate-risky", Judgement.RISKY, 20003),
            new ContentRule("simulate-review", Judgement.REVIEW, 10001),
            new ContentRule("simulate-unreachable", Judgement.UNREACHABLE, HARMLESS));

    private final List<ContentRule> rules = new CopyOnWriteArrayList<>(AT_FIRST);

    ContentRules() {}

    /** What WeChat makes of content. */
    public enum Judgement {
        /** Harmless. */
        PASS,
        /** A person should look. */
        REVIEW,
        /** Forbidden. */
        RISKY,
        /** A medium that cannot be downloaded; texts pass. */
        UNREACHABLE;

        /** The word in answers. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Objects to a word.
     *
     * @param word the word, in any case of letters
     * @param judgement what becomes of content that has it
     * @param label the kind of harm, for example 20002 for porn
     */
    public record ContentRule(String word, Judgement judgement, int label) {

        private static final List<Integer> LABELS =
                List.of(HARMLESS, 10001, 20001, 20002, 20003, 20006, 20008, 20012, 20013, 21000);

        /** @throws IllegalArgumentException when the word is blank or the label is none of WeChat's */
        public ContentRule {
            if (word.isBlank()) {
                throw new IllegalArgumentException("The \"word\" of a content rule is not empty.");
            }
            if (!LABELS.contains(label)) {
                throw new IllegalArgumentException("The \"label\" of a content rule is one of " + LABELS + ".");
            }
        }

        boolean concerns(String content) {
            return content.toLowerCase(Locale.ROOT).contains(word.toLowerCase(Locale.ROOT));
        }
    }

    /** Adds a rule. */
    public void add(ContentRule rule) {
        rules.add(rule);
    }

    /** Goes back to the rules of the start. */
    public void reset() {
        rules.clear();
        rules.addAll(AT_FIRST);
    }

    /** The rules that content breaks, oldest first. */
    public List<ContentRule> broken(String content) {
        return rules.stream().filter(rule -> rule.concerns(content)).toList();
    }

    /** The hardest of the rules that content breaks. */
    public static Optional<ContentRule> hardest(List<ContentRule> broken) {
        return broken.stream().max((one, other) -> one.judgement().compareTo(other.judgement()));
    }
}
