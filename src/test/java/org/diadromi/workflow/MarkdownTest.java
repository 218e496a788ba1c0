package org.diadromi.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Markdown does not take for its own. */
class MarkdownTest {

    @ParameterizedTest
    @CsvSource(delimiter = '¦', textBlock = """
            [πάτα εδώ](https://example.org)   ¦ \\[πάτα εδώ\\](https\\://example.org)
            ![εικόνα](http://example.org/a.png) ¦ !\\[εικόνα\\](http\\://example.org/a.png)
            <b>HTML</b> <https://example.org> ¦ \\<b\\>HTML\\</b\\> \\<https\\://example.org\\>
            WWW.example.org                   ¦ WWW\\.example.org
            a@example.org                     ¦ a\\@example.org
            **έντονα** _πλάγια_ ~~όχι~~       ¦ \\*\\*έντονα\\*\\* \\_πλάγια\\_ \\~\\~όχι\\~\\~
            - πρώτο                           ¦ \\- πρώτο
            + πρώτο                           ¦ \\+ πρώτο
            1. πρώτο                          ¦ 1\\. πρώτο
            > λόγια                           ¦ \\> λόγια
            `κώδικας` &lt; a|b                ¦ \\`κώδικας\\` \\&lt; a\\|b
            ήδη \\[έτσι                       ¦ ήδη \\\\\\[έτσι
            Παππά-Νίκου, 1.200 ευρώ: 50% (!)  ¦ Παππά-Νίκου, 1.200 ευρώ: 50% (!)
            """)
    void what_is_typed_is_shown_as_it_is(String typed, String escaped) {
        assertThat(Markdown.plain(typed)).isEqualTo(escaped);
        assertThat(Markdown.withoutLinks(escaped)).as("not twice").isEqualTo(escaped);
    }

    @Test
    void each_line_is_looked_at() {
        assertThat(Markdown.plain("Ένα\n    κώδικας\r\n## Δύο\nΤρία\n===\n- τέσσερα\n 2) πέντε"))
                .isEqualTo("Ένα\nκώδικας\r\n\\## Δύο\nΤρία\n\\===\n\\- τέσσερα\n2\\) πέντε");
    }

    @Test
    void what_we_compose_keeps_its_emphasis_and_lists_but_has_no_links() {
        assertThat(Markdown.withoutLinks("**Δομή** – [εδώ](http://a.gr)\n\n- ένα\n- <i>δύο</i>"))
                .isEqualTo("**Δομή** – \\[εδώ\\](http\\://a.gr)\n\n- ένα\n- \\<i>δύο\\</i>");
    }

    /** An even number of backslashes escapes no bracket. */
    @ParameterizedTest
    @ValueSource(strings = {"\\[a\\](u)", "\\\\[a\\\\](u)", "\\\\\\[a\\\\\\](u)", "\\\\\\\\[a](u)"})
    void backslashes_of_ones_own_do_not_help(String typed) {
        assertThat(Markdown.withoutLinks(typed).replaceAll("\\\\\\p{Punct}", ""))
                .doesNotContain("[", "]");
    }
}
