package io.miniplane.server.feature.infrastructure;

import dev.openfeature.contrib.providers.flagd.resolver.process.model.FeatureFlag;
import dev.openfeature.contrib.providers.flagd.resolver.process.model.FlagParser;
import dev.openfeature.contrib.providers.flagd.resolver.process.targeting.Operator;
import dev.openfeature.contrib.providers.flagd.resolver.process.targeting.TargetingRuleException;
import dev.openfeature.sdk.ImmutableContext;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a flag file says, as far as it must be known outside flagd, which takes nearly everything and fails at each evaluation.
 *
 * @param flags by name
 */
record FlagDefinitions(SortedMap<String, Definition> flags) {

    static final FlagDefinitions NONE = new FlagDefinitions(new TreeMap<>());

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");
    private static final Set<String> STATES = Set.of("ENABLED", "DISABLED");
    private static final int MOST_FLAGS = 500;
    private static final int MOST_VARIANTS = 20;
    private static final ImmutableContext SOMEBODY = new ImmutableContext("somebody");

    /**
     * A flag.
     *
     * @param variants the names of its variants
     * @param picksUsers whether it has a rule that may look at who asks
     */
    record Definition(Set<String> variants, boolean picksUsers) {}

    /** @throws BrokenFlags when something in it is not right */
    static FlagDefinitions of(String content) throws BrokenFlags {
        SortedMap<String, Definition> flags = new TreeMap<>();
        for (Map.Entry<String, FeatureFlag> flag : parse(content).entrySet()) {
            flags.put(flag.getKey(), definition(flag.getKey(), flag.getValue()));
        }
        return new FlagDefinitions(flags);
    }

    private static Map<String, FeatureFlag> parse(String content) throws BrokenFlags {
        try {
            Map<String, FeatureFlag> flags =
                    FlagParser.parseString(content, false).getFlags();
            require(flags.size() <= MOST_FLAGS, "it has more than " + MOST_FLAGS + " flags");
            return flags;
        } catch (IOException | RuntimeException e) {
            // The cause may quote the file, in which openids stand.
            throw e instanceof BrokenFlags broken ? broken : new BrokenFlags("it is not JSON with an object flags");
        }
    }

    private static Definition definition(String name, @Nullable FeatureFlag flag) throws BrokenFlags {
        require(
                NAME.matcher(name).matches(),
                "a flag has a name that is not 1 to 100 letters, digits, '.', '_' or '-'");
        if (flag == null) {
            throw new BrokenFlags("flag " + name + " is null");
        }
        require(flag.getState() != null && STATES.contains(flag.getState()), name, "state");
        Map<String, Object> variants = flag.getVariants();
        require(variants != null && !variants.isEmpty() && variants.size() <= MOST_VARIANTS, name, "variants");
        require(areOfOneKind(variants), name, "variants");
        require(variants.containsKey(String.valueOf(flag.getDefaultVariant())), name, "defaultVariant");
        boolean aimed = !FeatureFlag.EMPTY_TARGETING_STRING.equals(flag.getTargeting());
        require(!aimed || canBeEvaluated(name, flag), name, "targeting");
        return new Definition(Set.copyOf(variants.keySet()), aimed && "ENABLED".equals(flag.getState()));
    }

    private static boolean areOfOneKind(Map<String, Object> variants) {
        return variants.values().stream().allMatch(Boolean.class::isInstance)
                || variants.values().stream().allMatch(String.class::isInstance);
    }

    private static boolean canBeEvaluated(String name, FeatureFlag flag) {
        try {
            Object variant = new Operator().apply(name, flag.getTargeting(), SOMEBODY);
            return variant == null || flag.getVariants().containsKey(variant.toString());
        } catch (TargetingRuleException | RuntimeException e) {
            return false;
        }
    }

    private static void require(boolean holds, String flag, String part) throws BrokenFlags {
        require(holds, "flag " + flag + " has no good " + part);
    }

    private static void require(boolean holds, String otherwise) throws BrokenFlags {
        if (!holds) {
            throw new BrokenFlags(otherwise);
        }
    }

    /** What is wrong with a file, in words that quote no more of it than the name of a flag. */
    static final class BrokenFlags extends IOException {

        BrokenFlags(String problem) {
            super(problem);
        }
    }
}
