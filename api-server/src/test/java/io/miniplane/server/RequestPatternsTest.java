package io.miniplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A group that repeats without end takes stack for each repetition, so that a long text ends the thread's stack and the request without answer. */
class RequestPatternsTest {

    private static final java.util.regex.Pattern CLASS = java.util.regex.Pattern.compile("\\[(\\\\.|[^\\]\\\\])*]");
    private static final java.util.regex.Pattern ENDLESS = java.util.regex.Pattern.compile("\\)([*+]|\\{\\d+,})");

    @Test
    void noPatternOfARequestRepeatsAGroupWithoutEnd() {
        List<JavaField> checked = new ClassFileImporter()
                .withImportOption(LayerRules.MAIN_CODE).importPackages("io.miniplane.server").stream()
                        .filter(type -> type.getPackageName().endsWith(".web"))
                        .flatMap(type -> type.getFields().stream())
                        .filter(field -> field.isAnnotatedWith(Pattern.class))
                        .toList();
        assertThat(checked)
                .hasSizeGreaterThan(10)
                .noneSatisfy(field -> assertThat(isEndless(
                                field.getAnnotationOfType(Pattern.class).regexp()))
                        .isTrue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a|b)*", "x(ab)+", "(a){1,}", "([)]|b)*c"})
    void suchAPatternIsFound(String regexp) {
        assertThat(isEndless(regexp)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[()*+]*", "(a|b){1,32}", "(ab)?c+"})
    void otherPatternsAreNot(String regexp) {
        assertThat(isEndless(regexp)).isFalse();
    }

    private static boolean isEndless(String regexp) {
        return ENDLESS.matcher(CLASS.matcher(regexp).replaceAll("x")).find();
    }
}
