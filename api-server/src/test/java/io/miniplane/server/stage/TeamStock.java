package io.miniplane.server.stage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.miniplane.server.inventory.ProductId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A team's own stock service, by the contract in {@code docs/inventory.md}: it counts for real, answers as slowly as it is told to, says what a test
 * puts into its mouth, and can be taken off the network and brought back.
 */
public final class TeamStock implements AutoCloseable {

    private static final Pattern PATH = Pattern.compile("/reservations/([0-9a-f-]{36})(/sale)?");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<UUID, Long> available = new HashMap<>();
    private final Map<UUID, Reservation> reservations = new HashMap<>();
    private final Queue<Answer> script = new ConcurrentLinkedQueue<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile Duration latency;
    private volatile @Nullable HttpServer server;
    private int port;

    private TeamStock(Duration latency) {
        this.latency = latency;
    }

    /** Starts one on a free port that answers at once. */
    public static TeamStock start() {
        return start(Duration.ZERO);
    }

    /** Starts one on a free port that takes its time for every answer. */
    public static TeamStock start(Duration latency) {
        TeamStock stock = new TeamStock(latency);
        stock.restart();
        return stock;
    }

    /** What a server is to be started with to call it, as {@code --name=value}. */
    public String setting() {
        return "--miniplane.inventory.url=http://127.0.0.1:" + port;
    }

    /** Puts in so many of a product. */
    public synchronized TeamStock put(ProductId product, long quantity) {
        available.merge(product.value(), quantity, Long::sum);
        return this;
    }

    /** How many of a product are neither reserved nor sold. */
    public synchronized long available(ProductId product) {
        return available.getOrDefault(product.value(), 0L);
    }

    /** How many of a product the reservations of a status hold, such as {@code HELD} or {@code SOLD}. */
    public synchronized long count(ProductId product, Status status) {
        return reservations.values().stream()
                .filter(reservation -> reservation.status == status)
                .mapToLong(reservation -> reservation.lines.getOrDefault(product.value(), 0L))
                .sum();
    }

    /** How long every answer takes from now on. */
    public void answerAfter(Duration time) {
        latency = time;
    }

    /** The answer to the next request that has none yet, instead of the true one; nothing is done for it. */
    public void answerNext(int status, String body) {
        script.add(new Answer(status, body));
    }

    /** Forgets that an order reserved anything, as if its time had run out, and returns the goods. */
    public synchronized void expire(UUID order) {
        Reservation reservation = reservations.get(order);
        if (reservation != null && reservation.status == Status.HELD) {
            giveBack(reservation.lines);
            reservation.status = Status.EXPIRED;
        }
    }

    /** Every request so far. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** Takes it off the network. */
    public void stop() {
        HttpServer running = server;
        server = null;
        if (running != null) {
            running.stop(0);
        }
    }

    /** Brings it back at its address. */
    public void restart() {
        try {
            HttpServer next = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
            next.createContext("/", this::handle);
            next.setExecutor(threads);
            next.start();
            port = next.getAddress().getPort();
            server = next;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stop();
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        Request request = new Request(
                exchange.getRequestMethod(), exchange.getRequestURI().getPath(), headers, body);
        requests.add(request);
        pause();
        Answer answer = script.poll();
        send(exchange, answer == null ? answer(request) : answer);
    }

    private void pause() {
        try {
            Thread.sleep(latency);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] bytes = answer.body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    private synchronized Answer answer(Request request) {
        Matcher path = PATH.matcher(request.path());
        if (!path.matches()) {
            return new Answer(404, "");
        }
        UUID order = UUID.fromString(path.group(1));
        return switch (request.method() + (path.group(2) == null ? "" : path.group(2))) {
            case "PUT" -> take(order, lines(JSON.readTree(request.body())));
            case "DELETE" -> giveBack(order);
            case "POST/sale" -> sell(order);
            default -> new Answer(405, "");
        };
    }

    private Answer take(UUID order, Map<UUID, Long> lines) {
        Reservation known = reservations.get(order);
        if (known == null || known.status == Status.EXPIRED) {
            List<UUID> refused = missing(lines);
            known = new Reservation(refused.isEmpty() ? Status.HELD : Status.REFUSED, lines, refused);
            reservations.put(order, known);
            if (refused.isEmpty()) {
                lines.forEach((product, quantity) -> available.merge(product, -quantity, Long::sum));
            }
        }
        return switch (known.status) {
            case REFUSED -> Answer.of(409, "refused", known.refused);
            case GIVEN_BACK -> Answer.of(409, "closed", List.of());
            case HELD, SOLD, EXPIRED -> Answer.of(200, "taken", List.of());
        };
    }

    private Answer giveBack(UUID order) {
        Reservation known =
                reservations.computeIfAbsent(order, id -> new Reservation(Status.GIVEN_BACK, Map.of(), List.of()));
        if (known.status == Status.HELD || known.status == Status.SOLD) {
            giveBack(known.lines);
        }
        known.status = known.status == Status.REFUSED ? Status.REFUSED : Status.GIVEN_BACK;
        return new Answer(204, "");
    }

    private Answer sell(UUID order) {
        Reservation known = reservations.get(order);
        if (known == null || known.status == Status.GIVEN_BACK || known.status == Status.REFUSED) {
            return Answer.of(409, "nothing-held", List.of());
        }
        if (known.status == Status.EXPIRED) {
            List<UUID> gone = missing(known.lines);
            if (!gone.isEmpty()) {
                return Answer.of(409, "gone", gone);
            }
            known.lines.forEach((product, quantity) -> available.merge(product, -quantity, Long::sum));
        }
        known.status = Status.SOLD;
        return Answer.of(200, "sold", List.of());
    }

    private void giveBack(Map<UUID, Long> lines) {
        lines.forEach((product, quantity) -> available.merge(product, quantity, Long::sum));
    }

    private List<UUID> missing(Map<UUID, Long> lines) {
        List<UUID> missing = new ArrayList<>();
        lines.forEach((product, quantity) -> {
            if (available.getOrDefault(product, 0L) < quantity) {
                missing.add(product);
            }
        });
        return missing;
    }

    private static Map<UUID, Long> lines(JsonNode body) {
        Map<UUID, Long> lines = new LinkedHashMap<>();
        body.path("lines")
                .forEach(line -> lines.put(
                        UUID.fromString(line.path("productId").asString()),
                        line.path("quantity").asLong()));
        return lines;
    }

    /** How a reservation stands. */
    public enum Status {
        HELD,
        SOLD,
        GIVEN_BACK,
        EXPIRED,
        REFUSED
    }

    /** A request as it came; the names of the headers are in lower case. */
    public record Request(String method, String path, Map<String, String> headers, String body) {}

    private record Answer(int status, String body) {

        private static Answer of(int status, String outcome, Collection<UUID> products) {
            return new Answer(
                    status,
                    JSON.writeValueAsString(
                            products.isEmpty()
                                    ? Map.of("outcome", outcome)
                                    : Map.of("outcome", outcome, "products", products)));
        }
    }

    private static final class Reservation {

        private Status status;
        private final Map<UUID, Long> lines;
        private final List<UUID> refused;

        private Reservation(Status status, Map<UUID, Long> lines, List<UUID> refused) {
            this.status = status;
            this.lines = lines;
            this.refused = refused;
        }
    }
}
