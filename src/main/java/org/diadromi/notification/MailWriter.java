package org.diadromi.notification;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.diadromi.centre.Centres;
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

    record Written(String language, String subject, String text) {}

    /** A paragraph, or a list where each line begins with a dash. */
    public record Block(boolean list, String text, List<String> items) {

        static Block of(String paragraph) {
            List<String> lines = paragraph.lines().toList();
            boolean list = lines.stream().allMatch(line -> line.startsWith("- "));
            return new Block(
                    list,
                    paragraph,
                    list ? lines.stream().map(line -> line.substring(2)).toList() : List.of());
        }

        public boolean isList() {
            return list;
        }
    }

    private final TemplateEngine texts = engine(TemplateMode.TEXT, ".txt");
    private final TemplateEngine pages = engine(TemplateMode.HTML, ".html");
    private final PrivateLinks links;
    private final Centres centres;

    MailWriter(PrivateLinks links, Centres centres) {
        this.links = links;
        this.centres = centres;
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
        return new Written(locale.getLanguage(), subject, text + "\n");
    }

    /** The HTML of a mail that the centre wrote in the language, with the place of its link as its text has it. */
    String page(String centreId, String language, String subject, String text) {
        Locale locale = Locale.forLanguageTag(language);
        Context page = new Context(locale);
        List<String> paragraphs = new ArrayList<>(List.of(text.strip().split("\\n\\s*\\n")));
        links.placeIn(text).ifPresent(place -> {
            String last = paragraphs.remove(paragraphs.size() - 1);
            page.setVariable(
                    "ownPage", last.substring(0, last.length() - place.length()).strip());
            page.setVariable("privateLink", place);
        });
        page.setVariable("lang", language);
        page.setVariable("centreName", centres.get(centreId).name(locale));
        page.setVariable("subject", subject);
        page.setVariable("blocks", paragraphs.stream().map(Block::of).toList());
        return pages.process("layout", page);
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
