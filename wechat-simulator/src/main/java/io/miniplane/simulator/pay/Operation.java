package io.miniplane.simulator.pay;

import io.miniplane.simulator.http.Call;
import io.miniplane.simulator.http.Reply;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One call of WeChat Pay.
 *
 * @param method the HTTP method
 * @param template the path, with at most one parameter in braces
 * @param shape what paths look like
 * @param action gets the call and the value of the parameter
 */
record Operation(String method, String template, Pattern shape, BiFunction<Call, String, Reply> action) {

    Operation(String method, String template, BiFunction<Call, String, Reply> action) {
        this(method, template, Pattern.compile(template.replaceAll("\\{[a-z_]+}", "([^/]+)")), action);
    }

    boolean answers(Call call) {
        return method.equals(call.method()) && shape.matcher(call.path()).matches();
    }

    Reply answer(Call call) {
        Matcher matcher = shape.matcher(call.path());
        boolean parameter = matcher.matches() && matcher.groupCount() > 0;
        return action.apply(call, parameter ? URLDecoder.decode(matcher.group(1), StandardCharsets.UTF_8) : "");
    }
}
