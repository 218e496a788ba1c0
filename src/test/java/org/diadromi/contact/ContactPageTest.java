package org.diadromi.contact;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.flash;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.model;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.List;
import org.diadromi.DiadromiSettings;
import org.diadromi.Texts;
import org.diadromi.calendar.Span;
import org.diadromi.centre.Centre;
import org.diadromi.centre.Centres;
import org.diadromi.centre.Municipalities;
import org.diadromi.centre.ServiceLevels;
import org.diadromi.consent.Consents;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

/** What the public forms take in, and what they keep out. */
class ContactPageTest {

    private final PublicContact contacts = mock(PublicContact.class);
    private final Centres centres = mock(Centres.class);
    private final ServiceLevels levels = mock(ServiceLevels.class);
    private final MockMvc web = MockMvcBuilders.standaloneSetup(new ContactPage(
                    contacts,
                    centres,
                    mock(Municipalities.class),
                    mock(Consents.class),
                    levels,
                    mock(DiadromiSettings.class),
                    mock(Texts.class)))
            .build();

    @BeforeEach
    void thereIsOneCentre() {
        Centre corfu = mock(Centre.class);
        when(corfu.id()).thenReturn("kerkyra");
        when(centres.all()).thenReturn(List.of(corfu));
        when(contacts.receive(any(), anyBoolean())).thenReturn("KER-2026-00001");
        when(levels.span("kerkyra", "initial-interview")).thenReturn(Span.valueOf("7bd"));
    }

    @Test
    void whoever_writes_is_told_when_their_centre_answers() throws Exception {
        web.perform(form("/contact", "203.0.113.7"))
                .andExpect(flash().attribute("caseNumber", "KER-2026-00001"))
                .andExpect(flash().attribute("withinDays", 7));
    }

    @Test
    void whoever_writes_too_often_is_told_so_and_nobody_else_suffers() throws Exception {
        for (int i = 0; i < 60; i++) {
            web.perform(form("/contact", "203.0.113.7")).andExpect(redirectedUrl("/contact/thanks"));
        }
        web.perform(form("/contact", "203.0.113.7"))
                .andExpect(status().isTooManyRequests())
                .andExpect(model().attributeHasErrors("form"));
        web.perform(form("/contact", "203.0.113.8")).andExpect(redirectedUrl("/contact/thanks"));
        verify(contacts, times(61)).receive(any(), eq(true));
    }

    @Test
    void a_mistake_does_not_count_as_written() throws Exception {
        for (int i = 0; i < 100; i++) {
            web.perform(form("/contact", "203.0.113.7").param("phone", "123")).andExpect(status().isBadRequest());
        }
        web.perform(form("/contact", "203.0.113.7")).andExpect(redirectedUrl("/contact/thanks"));
    }

    @Test
    void a_structure_says_who_it_is_and_the_case_says_who_sent_it() throws Exception {
        web.perform(form("/contact/partner", "203.0.113.7"))
                .andExpect(status().isBadRequest())
                .andExpect(model().attributeHasFieldErrors("form", "structure", "colleague", "colleagueReach"));
        verifyNoInteractions(contacts);

        web.perform(form("/contact/partner", "203.0.113.7")
                        .param("structure", "Κέντρο Κοινότητας Κέρκυρας")
                        .param("colleague", "Άννα Μεταξά")
                        .param("colleagueReach", "26610 12345"))
                .andExpect(redirectedUrl("/contact/thanks"));
        verify(contacts)
                .receive(
                        argThat(contact -> contact.source().equals("partner")
                                && contact.groupSize() == 1
                                && contact.sourceDetail()
                                        .equals("Κέντρο Κοινότητας Κέρκυρας, Άννα Μεταξά, 26610 12345")),
                        eq(true));
    }

    @Test
    void a_program_gets_the_same_answer_and_leaves_nothing() throws Exception {
        web.perform(form("/contact", "203.0.113.7").param("remark", "Buy now"))
                .andExpect(redirectedUrl("/contact/thanks"));
        verifyNoInteractions(contacts);
    }

    private static MockHttpServletRequestBuilder form(String path, String address) {
        return post(path)
                .param("centre", "kerkyra")
                .param("firstName", "Ελένη")
                .param("lastName", "Παππά")
                .param("salutation", "kyria")
                .param("email", "eleni@example.org")
                .param("municipality", "Κεντρικής Κέρκυρας και Διαποντίων Νήσων")
                .param("aloneOrGroup", "alone")
                .param("informed", "true")
                .with(request -> {
                    request.setRemoteAddr(address);
                    return request;
                });
    }
}
