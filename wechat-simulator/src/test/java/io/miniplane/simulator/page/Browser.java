package io.miniplane.simulator.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.ExpectedCondition;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A real Chromium without a window, driven by the driver that is installed beside it; nothing is fetched. */
final class Browser implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String MISSING =
            "This machine lacks Chromium: install the packages chromium and chromium-driver.";

    private final ChromeDriver chromium;

    private Browser(ChromeDriver chromium) {
        this.chromium = chromium;
    }

    /** Starts it; where it is missing, the test is skipped, or fails with CI=true. */
    static Browser start() {
        Optional<File> program = onPath("chromium");
        Optional<File> driver = onPath("chromedriver");
        boolean there = program.isPresent() && driver.isPresent();
        if (!there && "true".equals(System.getenv("CI"))) {
            throw new AssertionError(MISSING);
        }
        Assumptions.assumeTrue(there, MISSING);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(program.orElseThrow());
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=1280,1000");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(driver.orElseThrow())
                .usingAnyFreePort()
                .build();
        return new Browser(new ChromeDriver(service, options));
    }

    private static Optional<File> onPath(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .map(Path::toFile)
                .findFirst();
    }

    ChromeDriver driver() {
        return chromium;
    }

    /** Chromium itself is never as narrow as a phone. */
    void pretendToBeWide(int width) {
        chromium.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 1000, "deviceScaleFactor", 1, "mobile", width < 600));
    }

    void open(String address) {
        chromium.get(address);
    }

    WebElement find(String selector) {
        return chromium.findElement(By.cssSelector(selector));
    }

    void click(String selector) {
        awaitThat(driver -> find(selector).isDisplayed());
        find(selector).click();
    }

    /** Waits until an element says something. */
    void awaitText(String selector, String text) {
        try {
            awaitThat(driver -> find(selector).getText().contains(text));
        } catch (TimeoutException late) {
            assertThat(find(selector).getText()).as(selector).contains(text);
        }
    }

    void awaitThat(ExpectedCondition<Boolean> condition) {
        new WebDriverWait(chromium, PATIENCE)
                .ignoring(StaleElementReferenceException.class)
                .ignoring(NoSuchElementException.class)
                .until(condition);
    }

    void type(String selector, String text) {
        WebElement field = find(selector);
        field.clear();
        field.sendKeys(text);
    }

    /** What the console of the browser said since the last question. */
    List<String> complaints() {
        return chromium.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(entry -> entry.getLevel() + " " + entry.getMessage())
                .toList();
    }

    @Override
    public void close() {
        chromium.quit();
    }
}
