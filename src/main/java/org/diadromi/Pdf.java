package org.diadromi;

import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.springframework.stereotype.Component;
import org.thymeleaf.context.IContext;
import org.thymeleaf.spring6.SpringTemplateEngine;

/** Makes PDFs of templates, tagged so that screen readers can read them out (PDF/UA). */
@Component
public class Pdf {

    private static final Pattern NOT_IN_XML =
            Pattern.compile("[^\\x09\\x0A\\x0D\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]");

    private final SpringTemplateEngine templates;

    Pdf(SpringTemplateEngine templates) {
        this.templates = templates;
    }

    /**
     * The PDF of a template in XHTML with the language, a title and a description in its head.
     *
     * @param values each without what {@link #text} takes away
     */
    public byte[] of(String template, IContext values) {
        String html = templates.process(template, values);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        XRLog.setLoggingEnabled(false);
        try {
            PdfRendererBuilder builder = new PdfRendererBuilder();
            // PDFBox brings the one font with Greek letters that may go along (SIL Open Font License).
            builder.useFont(
                    () -> PDDocument.class.getResourceAsStream(
                            "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf"),
                    "Liberation Sans");
            builder.usePdfUaAccessibility(true);
            builder.withHtmlContent(html, null);
            builder.toStream(out);
            builder.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** The text without what an XML page cannot hold. */
    public static String text(String value) {
        return NOT_IN_XML.matcher(value).replaceAll("");
    }
}
