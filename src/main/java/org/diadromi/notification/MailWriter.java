package org.diadromi.notification;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.diadromi.centre.Centre;
import org.diadromi.link.PrivateLinks;
import org.springframework.stereotype.Component;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** Writes a mail's subject and text from its template, and its HTML from what that gave, so that the two forms cannot say different things. */
@Component
class MailWriter {

    record Written(Locale locale, String subject, String text) {}

    /**
     * A paragraph, or a list where each line begins with a dash.
     *
     * @param link where the paragraph's last line is the place of a private link; null elsewhere
     */
    public record Block(boolean list, String text, List<String> items, String link) {

        public boolean isList() {
            return list;
        }
    }

    private final TemplateEngine texts = engine(TemplateMode.TEXT, ".txt");
    private final TemplateEngine pages = engine(TemplateMode.HTML, ".html");
    private final PrivateLinks links;

    MailWriter(PrivateLinks links) {
        this.links = links;
    }

    /** Writes a template in a language; a {@link org.thymeleaf.exceptions.TemplateInputException} when there is none. */
    Written write(MailTemplate template, Locale locale, Map<String, Object> values) {
        String written = texts.process(locale.getLanguage() + "/" + template.fileName(), new Context(locale, values))
                .replace("\r\n", "\n")
                .strip();
        int endOfSubject = written.indexOf('\n');
        String subject = written.substring(0, endOfSubject).strip();
        String body = written.substring(endOfSubject).strip();
        if (values.get("signature") instanceof String signature) {
            body += "\n"
                    + signature
                            .replace("\r\n", "\n")
                            .replaceAll("\\n\\s*\\n", "\n")
                            .strip();
        }
        Object link = values.get("privateLink");
        String text = link == null ? body : body + "\n\n" + values.get("ownPage") + "\n" + link;
        return new Written(locale, subject, text + "\n");
    }

    /** The HTML of a mail of the centre that was written in the language, with the places of its links as its text has them. */
    String page(Centre centre, Locale locale, String subject, String text) {
        return pages.process(
                "layout",
                new Context(
                        locale,
                        Map.of(
                                "lang", locale.getLanguage(),
                                "centreName", centre.name(locale),
                                "subject", subject,
                                "blocks",
                                        Arrays.stream(text.strip().split("\\n\\s*\\n"))
                                                .map(this::block)
                                                .toList())));
    }

    private Block block(String paragraph) {
        List<String> lines = paragraph.lines().toList();
        if (lines.stream().allMatch(line -> line.startsWith("- "))) {
            return new Block(
                    true,
                    paragraph,
                    lines.stream().map(line -> line.substring(2)).toList(),
                    null);
        }
        String last = lines.get(lines.size() - 1);
        return links.isPlace(last)
                ? new Block(false, String.join("\n", lines.subList(0, lines.size() - 1)), List.of(), last)
                : new Block(false, paragraph, List.of(), null);
    }

    private static TemplateEngine engine(TemplateMode mode, String suffix) {
        ClassLoaderTemplateResolver resolver = new ClassLoaderTemplateResolver();
        resolver.setPrefix("mail/");
        resolver.setSuffix(suffix);
        resolver.setTemplateMode(mode);
        resolver.setCharacterEncoding("UTF-8");
        SpringTemplateEngine engine = new SpringTemplateEngine();
        engine.setTemplateResolver(resolver);
        return engine;
    }
}
