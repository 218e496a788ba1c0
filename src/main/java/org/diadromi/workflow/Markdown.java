package org.diadromi.workflow;

import java.util.regex.Pattern;

/**
 * Keeps what people have typed from being read as Markdown, which the text components of forms are written in: a link planted in a name or in
 * the answer of a structure would be shown to staff as one of ours.
 */
public final class Markdown {

    private static final String LINK = "(?i:(?<=http|https|ftp)):(?=//)|(?i:(?<=www))\\.";
    private static final Pattern TYPED = Pattern.compile("[\\\\`*_\\[\\]<>|~&@]|(?m:^)[#=+-]|" + LINK);
    private static final Pattern NUMBERED = Pattern.compile("(?m)^(\\d{1,9})(?=[.)])");
    private static final Pattern INDENT = Pattern.compile("(?m)^[ \\t]+");

    /** What is escaped already stays so: the first alternative takes both its characters. */
    private static final Pattern LINKS = Pattern.compile("\\\\\\p{Punct}|([\\[\\]<`]|" + LINK + ")");

    private Markdown() {}

    /** A free text as a part of a text with Markdown: it is shown as it was typed, without links, emphasis, headings, lists or HTML. */
    public static String plain(String typed) {
        String text = TYPED.matcher(INDENT.matcher(typed).replaceAll("")).replaceAll("\\\\$0");
        return NUMBERED.matcher(text).replaceAll("$1\\\\");
    }

    /** A text that may be composed with Markdown, in which there is no link, image or HTML: no value of a form has any that are meant. */
    static String withoutLinks(String text) {
        return LINKS.matcher(text).replaceAll(found -> found.group(1) == null ? "$0" : "\\\\$0");
    }
}
