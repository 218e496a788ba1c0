package org.diadromi.workflow;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.diadromi.DiadromiSettings;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.centre.Centre;
import org.diadromi.centre.Centres;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.stereotype.Component;

/**
 * Logging in with an identity provider (OpenID Connect), where the settings name one. What it says of a person, their name, mail, groups
 * and centres, is written to their account at each login, so that it is kept in one place only: there.
 */
@Component
public class SingleSignOn implements AuthenticationSuccessHandler, AuthenticationFailureHandler {

    private static final Logger LOG = LoggerFactory.getLogger(SingleSignOn.class);
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A provider to log in with, by what people call it and the path that leads to it. */
    public record Provider(String name, String path) {}

    /** What a group of the provider means: a role in that centre, or in each of the person's where it is null. */
    private record Meaning(String group, String centre, Role role) {

        /** Reads "coordinator" or "kerkyra:coordinator"; an {@link IllegalArgumentException} when there is no such role. */
        static Meaning of(String group, String text) {
            int colon = text.indexOf(':');
            return new Meaning(
                    group,
                    colon < 0 ? null : text.substring(0, colon),
                    Role.valueOf(text.substring(colon + 1).strip().toUpperCase(Locale.ROOT)));
        }
    }

    private final DiadromiSettings.Oidc settings;
    private final List<Meaning> meanings;
    private final ClientRegistrationRepository registrations;
    private final StaffAccounts accounts;
    private final Centres centres;
    private final LoginOutcome outcome;

    SingleSignOn(
            DiadromiSettings settings,
            ObjectProvider<ClientRegistrationRepository> registrations,
            StaffAccounts accounts,
            Centres centres,
            LoginOutcome outcome) {
        this.settings = settings.oidc();
        this.meanings = this.settings.groups().entrySet().stream()
                .map(group -> Meaning.of(group.getKey(), group.getValue()))
                .toList();
        this.registrations = registrations.getIfAvailable();
        this.accounts = accounts;
        this.centres = centres;
        this.outcome = outcome;
    }

    /** Whether the settings name a provider. */
    boolean isOn() {
        return registrations != null;
    }

    /** The providers that the settings name. */
    public List<Provider> providers() {
        List<Provider> providers = new ArrayList<>();
        if (registrations instanceof Iterable<?> all) {
            for (Object each : all) {
                ClientRegistration registration = (ClientRegistration) each;
                providers.add(new Provider(
                        registration.getClientName(), "/oauth2/authorization/" + registration.getRegistrationId()));
            }
        }
        return providers;
    }

    @Override
    public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response, Authentication login)
            throws IOException, ServletException {
        // What the provider says is no login here: only the account that it leads to is.
        SecurityContextHolder.clearContext();
        try {
            EngineUser user = enter((OidcUser) login.getPrincipal());
            SecurityContextHolder.getContext().setAuthentication(login);
            CurrentAccount.enter(user, request, response);
        } catch (RuleViolation refused) {
            LOG.warn("Single sign-on refused: {}", refused.problem());
            request.getSession().invalidate();
            response.sendRedirect(request.getContextPath() + "/login?signOn=" + refused.problem());
            return;
        }
        outcome.onAuthenticationSuccess(
                request, response, SecurityContextHolder.getContext().getAuthentication());
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        LOG.warn("Single sign-on failed: {}", failure.getMessage());
        response.sendRedirect(request.getContextPath() + "/login?signOn=" + Problem.SIGN_ON_FAILED);
    }

    private EngineUser enter(OidcUser person) {
        Set<String> groups = Set.copyOf(texts(person, settings.groupsClaim()));
        Set<String> known = centres.all().stream().map(Centre::id).collect(Collectors.toSet());
        Set<String> ownCentres = texts(person, settings.centresClaim()).stream()
                .map(centre -> settings.centres().getOrDefault(centre, centre))
                .filter(known::contains)
                .collect(Collectors.toSet());
        Map<String, Set<Role>> roles = new TreeMap<>();
        boolean administrator = false;
        for (Meaning meaning : meanings) {
            if (groups.contains(meaning.group())) {
                administrator |= meaning.role() == Role.ADMIN;
                for (String centre : meaning.centre() == null ? ownCentres : Set.of(meaning.centre())) {
                    if (meaning.role() != Role.ADMIN && known.contains(centre)) {
                        roles.computeIfAbsent(centre, id -> EnumSet.noneOf(Role.class))
                                .add(meaning.role());
                    }
                }
            }
        }
        if (roles.isEmpty() && !administrator) {
            throw new RuleViolation(Problem.SIGN_ON_WITHOUT_ROLE);
        }
        String userId = accounts.signOn(
                person.getIssuer() + " " + person.getSubject(),
                Optional.ofNullable(person.getClaimAsString(settings.userNameClaim()))
                        .orElse("")
                        .toLowerCase(Locale.ROOT),
                settings.linkExisting(),
                randomPassword(),
                new StaffAccounts.Details(
                        text(person.getGivenName(), person.getFullName()),
                        text(person.getFamilyName(), ""),
                        person.getEmail(),
                        "el",
                        administrator,
                        roles));
        // The provider has its own second step, or none: it is its matter.
        return accounts.login(userId)
                .orElseThrow(() -> new RuleViolation(Problem.SIGN_ON_ACCOUNT_CLOSED))
                .proven(true);
    }

    private static String text(String value, String otherwise) {
        return value != null ? value : otherwise == null ? "" : otherwise;
    }

    /** A claim that is a list of texts, or one text; empty where there is none. */
    private static List<String> texts(OidcUser person, String claim) {
        Object value = person.getClaims().get(claim);
        return value instanceof Collection<?> several
                ? several.stream().map(String::valueOf).toList()
                : value == null ? List.of() : List.of(String.valueOf(value));
    }

    /** Nobody knows it: the account is logged in to by the provider only. */
    private static String randomPassword() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
