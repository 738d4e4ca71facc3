package io.miniplane.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The rules of the layers, for any root package, so that they can be tried on code that breaks them. */
final class LayerRules {

    /** Everything but test classes, wherever the build puts them. */
    static final ImportOption MAIN_CODE = location -> !location.contains("/test-classes/");

    private static final Set<String> BLOCKING =
            Set.of("block", "blockFirst", "blockLast", "blockOptional", "toFuture", "toIterable", "toStream");
    private static final Map<String, Set<String>> WAITING = Map.of(
            "java.lang.Thread", Set.of("sleep", "join"),
            "java.util.concurrent.CompletableFuture", Set.of("get", "join"),
            "java.util.concurrent.Future", Set.of("get"),
            "java.util.concurrent.CountDownLatch", Set.of("await"));

    private LayerRules() {}

    static Map<String, ArchRule> of(String root) {
        return Map.of(
                "domain", domain(root),
                "application", application(root),
                "stereotypes", noStereotypes(root),
                "web", web(root),
                "closed", closed(root),
                "values", noFields().should().beAnnotatedWith(Value.class).allowEmptyShould(true),
                "blocking", noClasses().should().callMethodWhere(blocks(root)),
                "jdbc", jdbc(root),
                "clients", clients());
    }

    private static ArchRule domain(String root) {
        return classes()
                .that()
                .resideInAPackage(root + ".(*).domain..")
                .should(dependOnlyOnTheirOwn(root))
                .allowEmptyShould(true);
    }

    private static ArchRule application(String root) {
        return noClasses()
                .that()
                .resideInAPackage(root + ".(*).application..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(root + ".(*).web..", root + ".(*).infrastructure..")
                .allowEmptyShould(true);
    }

    private static ArchRule noStereotypes(String root) {
        return noClasses()
                .that()
                .resideInAPackage(root + ".(*).application..")
                .should()
                .beMetaAnnotatedWith(Component.class)
                .allowEmptyShould(true);
    }

    private static ArchRule web(String root) {
        return noClasses()
                .that()
                .resideInAPackage(root + ".(*).web..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(root + ".(*).infrastructure..")
                .allowEmptyShould(true);
    }

    private static ArchRule closed(String root) {
        return classes()
                .that()
                .resideInAnyPackage(root + ".(*).web..", root + ".(*).infrastructure..")
                .and()
                .areTopLevelClasses()
                .should()
                .notBePublic()
                .allowEmptyShould(true);
    }

    private static ArchRule jdbc(String root) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(root + ".platform.startup..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.springframework.jdbc..");
    }

    private static ArchRule clients() {
        return noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.net\\.(http\\.HttpClient|HttpURLConnection|URLConnection)"
                        + "|org\\.springframework\\.web\\.client\\.(RestTemplate|RestClient)");
    }

    private static DescribedPredicate<JavaMethodCall> blocks(String root) {
        return DescribedPredicate.describe("block a thread", call -> {
            String owner = call.getTargetOwner().getName();
            String method = call.getTarget().getName();
            boolean reactor = owner.startsWith("reactor.core.publisher.") && BLOCKING.contains(method);
            boolean waits = reactor || WAITING.getOrDefault(owner, Set.of()).contains(method);
            return waits && !isLimitedWait(root, call);
        });
    }

    /**
     * Tink unwraps a keyset at once or not at all, so one class waits for Vault, with a time limit. Only the main thread at the start and
     * the thread "keysets" read keysets; an event loop would be refused the wait by Reactor itself. And the main thread of a process that does one
     * task waits for the end of that.
     */
    private static boolean isLimitedWait(String root, JavaMethodCall call) {
        return Set.of(root + ".platform.crypto.VaultTransit", root + ".platform.tasks.TaskRunner")
                        .contains(call.getOriginOwner().getName())
                && call.getTarget().getName().equals("block")
                && call.getTarget().getRawParameterTypes().size() == 1;
    }

    private static ArchCondition<JavaClass> dependOnlyOnTheirOwn(String root) {
        return new ArchCondition<>("depend only on Java, JSpecify, their own module and the platform's values") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    if (!isAllowed(root, type, dependency.getTargetClass().getBaseComponentType())) {
                        events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
                    }
                }
            }
        };
    }

    private static boolean isAllowed(String root, JavaClass type, JavaClass target) {
        String own = type.getPackageName();
        String module = own.substring(0, own.indexOf('.', root.length() + 1));
        String there = target.getPackageName();
        return target.isPrimitive()
                || (there.startsWith("java.") && !there.startsWith("java.sql"))
                || there.equals("org.jspecify.annotations")
                || there.equals(module)
                || there.startsWith(module + ".domain")
                || there.equals(root + ".platform")
                || (there.equals(root + ".platform.security") && target.isRecord());
    }
}
