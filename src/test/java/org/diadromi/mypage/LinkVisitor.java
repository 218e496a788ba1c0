package org.diadromi.mypage;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diadromi.casefile.CaseFile;

/** Somebody's browser, with what it was given to keep. */
final class LinkVisitor {

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private final int port;

    LinkVisitor(int port) {
        this.port = port;
    }

    HttpResponse<String> get(String path) {
        return send(request(path).build());
    }

    /** Presses a button of the case's page, with fields and what is in them in turn. */
    HttpResponse<String> press(String path, CaseFile caseFile, String... field) {
        String body = "_csrf=" + token() + "&caseNumber=" + caseFile.number();
        for (int i = 0; i < field.length; i += 2) {
            body += "&" + field[i] + "=" + URLEncoder.encode(field[i + 1], StandardCharsets.UTF_8);
        }
        return send(path, body);
    }

    /** Sends a form as it is. */
    HttpResponse<String> send(String path, String body) {
        return send(path, "application/x-www-form-urlencoded", BodyPublishers.ofString(body));
    }

    private HttpResponse<String> send(String path, String type, BodyPublisher body) {
        return send(request(path).header("Content-Type", type).POST(body).build());
    }

    /** The page that holds the button may be gone by now: any form's token will do. */
    private String token() {
        Matcher csrf = CSRF.matcher(get("/contact").body());
        if (!csrf.find()) {
            throw new AssertionError("No token on the page");
        }
        return csrf.group(1);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
