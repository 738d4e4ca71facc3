package io.miniplane.server.stage;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.filter.DelegatingFilterProxy;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The company's OpenID Connect issuer: a real one, Spring Authorization Server in a Tomcat of its own. Any client id may ask for tokens; what they
 * say is told beforehand. It can turn its keys, go away and come back.
 */
public final class StaffIssuer implements AutoCloseable {

    /** What the tokens for the API name as their audience. */
    public static final String AUDIENCE = "https://api.shop.example";

    static final String SECRET = "issuer-secret";

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Map<String, Object> roles = new ConcurrentHashMap<>();
    private final AtomicInteger questions = new AtomicInteger();
    private volatile Consumer<JwtClaimsSet.Builder> change = claims -> {};
    private volatile JWK signingKey = rsa(JWSAlgorithm.RS256);
    private volatile JWKSet published = new JWKSet(signingKey);
    private volatile @Nullable Tomcat tomcat;
    private int port;

    private StaffIssuer() {}

    /** Starts it on a free port. */
    public static StaffIssuer start() {
        StaffIssuer issuer = new StaffIssuer();
        issuer.restart();
        return issuer;
    }

    /** Its {@code iss}. */
    public String address() {
        return "http://localhost:" + port;
    }

    /** What a server is told of it. */
    public String[] settings() {
        return new String[] {
            "--miniplane.staff.issuer=" + address(),
            "--miniplane.staff.audience=" + AUDIENCE,
            "--miniplane.staff.roles-claim=roles",
            "--miniplane.staff.roles.helpdesk=support",
            "--miniplane.staff.roles.shop-floor=operator",
            "--miniplane.staff.roles[owners]=admin"
        };
    }

    /** Says which value the roles claim of somebody has from now on: a list, a text, or anything else. */
    public StaffIssuer give(String subject, Object value) {
        roles.put(subject, value);
        return this;
    }

    /** A new access token of somebody, through the client credentials grant. */
    public String token(String subject) {
        return form("/oauth2/token", subject, "grant_type=client_credentials")
                .path("access_token")
                .asString();
    }

    /** A new access token whose claims are changed before it is signed. */
    public String token(String subject, Consumer<JwtClaimsSet.Builder> changed) {
        change = changed;
        try {
            return token(subject);
        } finally {
            change = claims -> {};
        }
    }

    /** What somebody gets who signs in with their browser: the answer with {@code access_token} and {@code id_token}. */
    public JsonNode signIn(String person) {
        String callback = "http://localhost:9/callback";
        String query = "response_type=code&client_id=console&scope=openid&redirect_uri=" + callback;
        HttpResponse<String> entered = send(HttpRequest.newBuilder(URI.create(address() + "/login"))
                .header("Content-Type", FORM)
                .POST(BodyPublishers.ofString("username=" + person + "&password=" + SECRET)));
        String session =
                entered.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
        HttpResponse<String> asked = send(HttpRequest.newBuilder(URI.create(address() + "/oauth2/authorize?" + query))
                .header("Cookie", session));
        String code = URI.create(asked.headers().firstValue("Location").orElseThrow())
                .getQuery()
                .replaceFirst(".*code=([^&]+).*", "$1");
        return form(
                "/oauth2/token", "console", "grant_type=authorization_code&redirect_uri=" + callback + "&code=" + code);
    }

    /** Signs with a new key from now on; the keys before it stay published. */
    public void rotate(JWSAlgorithm algorithm) {
        JWK next = algorithm.equals(JWSAlgorithm.ES256) ? ec() : rsa(algorithm);
        published = new JWKSet(
                Stream.concat(published.getKeys().stream(), Stream.of(next)).toList());
        signingKey = next;
    }

    /** The key that signs now. */
    public JWK signingKey() {
        return signingKey;
    }

    /** How often its keys were asked for. */
    public int questions() {
        return questions.get();
    }

    /** Takes it off the network. */
    public void stop() {
        Tomcat running = tomcat;
        tomcat = null;
        if (running != null) {
            try {
                running.stop();
                running.destroy();
            } catch (LifecycleException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Brings it back at its address. */
    public void restart() {
        Tomcat next = new Tomcat();
        next.setBaseDir(System.getProperty("java.io.tmpdir"));
        next.setHostname("localhost");
        next.setPort(port);
        next.getConnector().setProperty("address", "127.0.0.1");
        Context context = next.addContext("", null);
        AnnotationConfigWebApplicationContext spring = new AnnotationConfigWebApplicationContext();
        spring.addBeanFactoryPostProcessor(beans -> beans.registerSingleton("issuer", this));
        spring.register(StaffIssuerConfiguration.class);
        context.addServletContainerInitializer(
                (classes, servlets) -> {
                    spring.setServletContext(servlets);
                    spring.refresh();
                },
                null);
        filter(context, spring);
        Tomcat.addServlet(context, "nothing", new HttpServlet() {}).addMapping("/");
        try {
            next.start();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
        port = next.getConnector().getLocalPort();
        tomcat = next;
    }

    @Override
    public void close() {
        stop();
    }

    JWKSet published() {
        questions.incrementAndGet();
        return published;
    }

    /** What a token of somebody says beside the usual. */
    void describe(String subject, JwtClaimsSet.Builder claims) {
        Object value = roles.get(subject);
        if (value != null) {
            claims.claim("roles", value);
        }
        change.accept(claims);
    }

    private static void filter(Context context, AnnotationConfigWebApplicationContext spring) {
        FilterDef chain = new FilterDef();
        chain.setFilterName("springSecurityFilterChain");
        chain.setFilter(new DelegatingFilterProxy("springSecurityFilterChain", spring));
        context.addFilterDef(chain);
        FilterMap everything = new FilterMap();
        everything.setFilterName(chain.getFilterName());
        everything.addURLPattern("/*");
        context.addFilterMap(everything);
    }

    private JsonNode form(String path, String client, String body) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(address() + path))
                .header("Authorization", basic(client))
                .header("Content-Type", FORM)
                .POST(BodyPublishers.ofString(body)));
        if (answer.statusCode() != 200) {
            throw new AssertionError("The issuer answers " + answer.statusCode() + " " + answer.body());
        }
        return JsonMapper.shared().readTree(answer.body());
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String basic(String name) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + SECRET).getBytes(StandardCharsets.UTF_8));
    }

    private static JWK rsa(JWSAlgorithm algorithm) {
        try {
            return new RSAKeyGenerator(2048)
                    .algorithm(algorithm)
                    .keyID(UUID.randomUUID().toString())
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JWK ec() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .algorithm(JWSAlgorithm.ES256)
                    .keyID(UUID.randomUUID().toString())
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
