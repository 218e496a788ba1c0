package org.diadromi.notification;

import java.util.ArrayList;
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
     * @param link the place of the private link, where the mail's last paragraph ends with it; null elsewhere
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

    /** The HTML of a mail that the centre wrote in the language, with the place of its link as its text has it. */
    String page(Centre centre, Locale locale, String subject, String text) {
        String[] paragraphs = text.strip().split("\\n\\s*\\n");
        List<Block> blocks = new ArrayList<>();
        for (String paragraph : paragraphs) {
            blocks.add(block(paragraph, blocks.size() == paragraphs.length - 1));
        }
        return pages.process(
                "layout",
                new Context(
                        locale,
                        Map.of(
                                "lang",
                                locale.getLanguage(),
                                "centreName",
                                centre.name(locale),
                                "subject",
                                subject,
                                "blocks",
                                blocks)));
    }

    private Block block(String paragraph, boolean atTheEnd) {
        List<String> lines = paragraph.lines().toList();
        if (lines.stream().allMatch(line -> line.startsWith("- "))) {
            return new Block(
                    true,
                    paragraph,
                    lines.stream().map(line -> line.substring(2)).toList(),
                    null);
        }
        String last = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
        return atTheEnd && links.isPlace(last)
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
