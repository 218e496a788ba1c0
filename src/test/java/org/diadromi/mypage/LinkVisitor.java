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
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diadromi.casefile.CaseFile;
import org.diadromi.link.PrivateLinks;

/** Somebody's browser, with what it was given to keep. */
final class LinkVisitor {

    private static final String BOUNDARY = "----between-the-parts";
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private final int port;

    LinkVisitor(int port) {
        this.port = port;
    }

    /** Comes by the private link of a mail to the person of the case. */
    void comesByLink(PrivateLinks links, CaseFile caseFile) {
        String link =
                links.fill(caseFile.centreId(), caseFile.id(), links.place()).in(links.place());
        get(URI.create(link).getPath());
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

    /** A file that is chosen in a form. */
    record Upload(String name, byte[] bytes) {}

    /** Sends a form of the case's page with files in its field «files», and other fields with what is in them in turn. */
    HttpResponse<String> upload(String path, CaseFile caseFile, List<Upload> files, String... field) {
        List<byte[]> parts = new ArrayList<>();
        part(parts, "name=\"_csrf\"", token().getBytes(StandardCharsets.UTF_8));
        part(parts, "name=\"caseNumber\"", caseFile.number().getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < field.length; i += 2) {
            part(parts, "name=\"" + field[i] + "\"", field[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        if (files.isEmpty()) {
            // What a browser sends of a field in which nothing was chosen.
            part(parts, "name=\"files\"; filename=\"\"", new byte[0]);
        }
        files.forEach(file -> part(parts, "name=\"files\"; filename=\"" + file.name() + "\"", file.bytes()));
        parts.add(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return send(path, "multipart/form-data; boundary=" + BOUNDARY, BodyPublishers.ofByteArrays(parts));
    }

    private static void part(List<byte[]> parts, String disposition, byte[] content) {
        parts.add(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        parts.add(content);
        parts.add("\r\n".getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a form as it is. */
    HttpResponse<String> send(String path, String body) {
        return send(path, "application/x-www-form-urlencoded", BodyPublishers.ofString(body));
    }

    private HttpResponse<String> send(String path, String type, BodyPublisher body) {
        return send(request(path).header("Content-Type", type).POST(body).build());
    }

    /** The page that holds the button may be gone by now: any form's token will do. Of two that come first at once one would not count. */
    private synchronized String token() {
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
