package org.diadromi.notification;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** Writes a mail's subject, text and HTML from its one template, so that the two forms cannot say different things. */
@Component
class MailWriter {

    record Written(String subject, String text, String html) {}

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
        List<Block> blocks =
                Arrays.stream(body.split("\\n\\s*\\n")).map(Block::of).toList();
        Context page = new Context(locale, values);
        page.setVariable("lang", locale.getLanguage());
        page.setVariable("subject", subject);
        page.setVariable("blocks", blocks);
        Object link = values.get("privateLink");
        String text = link == null ? body : body + "\n\n" + values.get("ownPage") + "\n" + link;
        return new Written(subject, text + "\n", pages.process("layout", page));
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
