package org.diadromi;

import org.springframework.context.support.ResourceBundleMessageSource;

/** The application's own message files without a context around them. */
public final class TextsForTests {

    private TextsForTests() {}

    /** The texts as the application has them. */
    public static Texts texts() {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasename("messages");
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        return new Texts(messages);
    }
}
