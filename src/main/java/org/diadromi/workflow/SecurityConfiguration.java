package org.diadromi.workflow;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpSession;
import java.util.Arrays;
import java.util.EnumSet;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.webapp.impl.security.auth.ContainerBasedAuthenticationFilter;
import org.camunda.bpm.webapp.impl.security.filter.util.CsrfConstants;
import org.diadromi.DiadromiSettings;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.web.PathPatternRequestMatcherBuilderFactoryBean;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.authentication.logout.HttpStatusReturningLogoutSuccessHandler;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.AndRequestMatcher;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;
import org.springframework.security.web.util.matcher.RequestHeaderRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * One login for Camunda's web applications, the engine's REST interface and the application's own pages. Each URL is closed
 * unless a rule here opens it.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    /** Our own pages load nothing from elsewhere and run no script of their own. */
    private static final String PAGES_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                    + "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /** The roles that work on the cases of a centre: a supervisor sees no names, and an administrator has no cases. */
    private static final String[] STAFF = Arrays.stream(Role.values())
            .filter(Role::isStaff)
            .map(Role::groupId)
            .toArray(String[]::new);

    /** Tasklist's own way out. It passes by Camunda's filter against forged requests, so its token is looked at here. */
    private static final RequestMatcher WEBAPP_LOGOUT = new AndRequestMatcher(
            PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.POST, "/camunda/api/admin/auth/user/*/logout"),
            request -> {
                HttpSession session = request.getSession(false);
                Object token =
                        session == null ? null : session.getAttribute(CsrfConstants.CSRF_TOKEN_SESSION_ATTR_NAME);
                return token != null && token.equals(request.getHeader(CsrfConstants.CSRF_TOKEN_HEADER_NAME));
            });

    /** One comes back to a page after the login, not to what a script of a page asked for last. */
    private static final HttpSessionRequestCache WANTED_PAGES = wantedPages();

    private static HttpSessionRequestCache wantedPages() {
        HttpSessionRequestCache cache = new HttpSessionRequestCache();
        cache.setRequestMatcher(request -> "GET".equals(request.getMethod())
                && request.getHeader("HX-Request") == null
                && String.valueOf(request.getHeader(HttpHeaders.ACCEPT)).contains("text/html"));
        return cache;
    }

    private final DiadromiSettings settings;

    SecurityConfiguration(DiadromiSettings settings) {
        this.settings = settings;
    }

    /** Paths are compared as a whole, whichever servlet answers: Camunda brings seven of its own. */
    @Bean
    PathPatternRequestMatcherBuilderFactoryBean pathMatchers() {
        return new PathPatternRequestMatcherBuilderFactoryBean();
    }

    /** Not for all requests: each of the chains below asks it itself. */
    @Bean
    FilterRegistrationBean<CurrentAccount> currentAccountInChainsOnly(CurrentAccount current) {
        FilterRegistrationBean<CurrentAccount> registration = new FilterRegistrationBean<>(current);
        registration.setEnabled(false);
        return registration;
    }

    /** Machines: HTTP Basic, no session and so no cookie that another site could use. */
    @Bean
    @Order(1)
    SecurityFilterChain machines(HttpSecurity http, EngineLogin login, CurrentAccount current, LoginOutcome outcome)
            throws Exception {
        RequestMatcher scripts = request -> (request.getRequestURI().startsWith("/demo/")
                        || request.getRequestURI().startsWith("/actuator/"))
                && String.valueOf(request.getHeader(HttpHeaders.AUTHORIZATION)).startsWith("Basic ");
        return http.securityMatchers(
                        matchers -> matchers.requestMatchers("/engine-rest/**").requestMatchers(scripts))
                .authenticationProvider(login)
                .addFilterBefore(current, AnonymousAuthenticationFilter.class)
                .authorizeHttpRequests(
                        requests -> requests.requestMatchers(HttpMethod.GET, "/actuator/health", "/actuator/health/*")
                                .permitAll()
                                .requestMatchers("/demo/**", "/actuator/**")
                                .hasRole(Role.ADMIN.groupId())
                                .anyRequest()
                                .access(new EngineRequests()))
                .httpBasic(basic -> basic.authenticationEntryPoint(outcome))
                .headers(this::headers)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .build();
    }

    /** The figures for machines: an account that can do nothing else, or an administrator. */
    @Bean
    @Order(0)
    SecurityFilterChain metrics(
            HttpSecurity http, MetricsLogin metrics, EngineLogin login, CurrentAccount current, LoginOutcome outcome)
            throws Exception {
        return http.securityMatcher("/actuator/prometheus")
                .authenticationProvider(metrics)
                .authenticationProvider(login)
                .addFilterBefore(current, AnonymousAuthenticationFilter.class)
                .authorizeHttpRequests(
                        requests -> requests.anyRequest().hasAnyRole(MetricsLogin.NAME, Role.ADMIN.groupId()))
                .httpBasic(basic -> basic.authenticationEntryPoint(outcome))
                .headers(this::headers)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .build();
    }

    /** Camunda's web applications, which bring their own token against forged requests and their own content policy. */
    @Bean
    @Order(2)
    SecurityFilterChain webapps(HttpSecurity http, EngineLogin login, CurrentAccount current, LoginOutcome outcome)
            throws Exception {
        return http.securityMatcher("/camunda/**")
                .authenticationProvider(login)
                .addFilterBefore(current, AnonymousAuthenticationFilter.class)
                .authorizeHttpRequests(requests -> requests
                        // The set-up page would let anyone make an administrator; the login of the web applications
                        // would pass by ours.
                        .requestMatchers(
                                "/camunda/api/admin/setup/**",
                                "/camunda/app/admin/*/setup/**",
                                "/camunda/api/admin/auth/user/*/login/**")
                        .denyAll()
                        .requestMatchers("/camunda/api/engine/**")
                        .access(new EngineRequests())
                        .anyRequest()
                        .authenticated())
                .logout(logout -> logout.logoutRequestMatcher(WEBAPP_LOGOUT)
                        .addLogoutHandler(outcome)
                        .logoutSuccessHandler(new HttpStatusReturningLogoutSuccessHandler(HttpStatus.NO_CONTENT)))
                .exceptionHandling(errors -> errors.defaultAuthenticationEntryPointFor(
                                new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED),
                                PathPatternRequestMatcher.withDefaults().matcher("/camunda/api/**"))
                        .defaultAuthenticationEntryPointFor(
                                new LoginUrlAuthenticationEntryPoint("/login"), AnyRequestMatcher.INSTANCE))
                .requestCache(cache -> cache.requestCache(WANTED_PAGES))
                .headers(this::headers)
                .headers(headers -> headers.frameOptions(HeadersConfigurer.FrameOptionsConfig::sameOrigin))
                .csrf(AbstractHttpConfigurer::disable)
                .build();
    }

    /** The application's own pages. */
    @Bean
    @Order(3)
    SecurityFilterChain pages(
            HttpSecurity http, EngineLogin login, CurrentAccount current, LoginOutcome outcome, SingleSignOn signOn)
            throws Exception {
        if (signOn.isOn()) {
            http.oauth2Login(
                    oauth -> oauth.loginPage("/login").successHandler(signOn).failureHandler(signOn));
        }
        return http.authenticationProvider(login)
                .addFilterBefore(current, AnonymousAuthenticationFilter.class)
                // Camunda's web applications forward to the files of their plug-ins; the request itself has been
                // checked.
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(
                                DispatcherType.ERROR, DispatcherType.FORWARD)
                        .permitAll()
                        .requestMatchers("/login/code")
                        .authenticated()
                        .requestMatchers(
                                "/",
                                "/login",
                                "/contact",
                                "/contact/**",
                                "/my",
                                "/my/**",
                                "/referral",
                                "/referral/**",
                                "/assets/**",
                                "/error",
                                "/favicon.ico")
                        .permitAll()
                        // Calendar programs have no login; the address itself is the secret.
                        .requestMatchers(HttpMethod.GET, "/calendar/feed/*.ics")
                        .permitAll()
                        .requestMatchers(HttpMethod.GET, "/actuator/health", "/actuator/health/*")
                        .permitAll()
                        .requestMatchers("/demo/**", "/actuator/**")
                        .hasRole(Role.ADMIN.groupId())
                        .requestMatchers("/audit/check")
                        .hasRole(Role.ADMIN.groupId())
                        .requestMatchers("/supervision/people")
                        .hasRole(Role.COORDINATOR.groupId())
                        .requestMatchers(HttpMethod.POST, "/supervision/targets/own")
                        .hasRole(Role.COORDINATOR.groupId())
                        .requestMatchers(HttpMethod.GET, "/supervision", "/supervision/**")
                        .hasAnyRole(Role.ADMIN.groupId(), Role.COORDINATOR.groupId(), Role.SUPERVISOR.groupId())
                        .requestMatchers(
                                HttpMethod.GET, "/_static/echarts/**", "/webjars/htmx.org/**", "/webjars/bpmn-js/**")
                        .authenticated()
                        .requestMatchers("/audit")
                        .hasAnyRole(Role.ADMIN.groupId(), Role.COORDINATOR.groupId())
                        .requestMatchers("/cases/*/sensitive", "/cases/*/sensitive/remove")
                        .hasAnyRole(Role.COUNSELLOR.groupId(), Role.LEGAL.groupId(), Role.COORDINATOR.groupId())
                        .requestMatchers("/cases/*/team/*/copy.*")
                        .hasRole(Role.COORDINATOR.groupId())
                        .requestMatchers(
                                "/cases/*/doubles",
                                "/cases/*/doubles/*",
                                "/cases/*/team",
                                "/cases/*/team/**",
                                "/outreach",
                                "/outreach/*",
                                "/outreach/*/*")
                        .hasAnyRole(Role.INTAKE.groupId(), Role.COUNSELLOR.groupId(), Role.COORDINATOR.groupId())
                        .requestMatchers("/structures/new", "/structures/*/edit", "/structures/*/remove")
                        .hasRole(Role.COORDINATOR.groupId())
                        .requestMatchers("/structures", "/structures/*")
                        .hasAnyRole(STAFF)
                        .requestMatchers("/cases", "/cases/**", "/calendar", "/calendar/**")
                        .hasAnyRole(STAFF)
                        .requestMatchers("/retention")
                        .hasAnyRole(Role.ADMIN.groupId(), Role.COORDINATOR.groupId())
                        .requestMatchers("/requests", "/requests/**")
                        .hasRole(Role.COORDINATOR.groupId())
                        .requestMatchers("/mail", "/mail/**")
                        .hasAnyRole(Role.ADMIN.groupId(), Role.COORDINATOR.groupId())
                        .requestMatchers("/admin/centres", "/admin/centres/**")
                        .hasRole(Role.ADMIN.groupId())
                        .requestMatchers("/admin/staff", "/admin/staff/**")
                        .hasAnyRole(Role.ADMIN.groupId(), Role.COORDINATOR.groupId())
                        .requestMatchers("/absences", "/absences/*/end", "/centre", "/account", "/account/**")
                        .authenticated()
                        .requestMatchers(HttpMethod.GET, "/menu")
                        .authenticated()
                        .anyRequest()
                        .denyAll())
                .formLogin(
                        form -> form.loginPage("/login").successHandler(outcome).failureHandler(outcome))
                // A part of a page that a script asks for is no place for the login page.
                .exceptionHandling(errors -> errors.accessDeniedHandler(new SentTooLate())
                        .defaultAuthenticationEntryPointFor(
                                (request, response, refusal) -> {
                                    response.setHeader("HX-Redirect", request.getContextPath() + "/login");
                                    response.sendError(HttpStatus.UNAUTHORIZED.value());
                                },
                                new RequestHeaderRequestMatcher("HX-Request"))
                        .defaultAuthenticationEntryPointFor(
                                new LoginUrlAuthenticationEntryPoint("/login"), AnyRequestMatcher.INSTANCE))
                .logout(logout ->
                        logout.logoutUrl("/logout").addLogoutHandler(outcome).logoutSuccessUrl("/login?out"))
                .requestCache(cache -> cache.requestCache(WANTED_PAGES))
                .headers(this::headers)
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(PAGES_POLICY)))
                .build();
    }

    /** What every answer to a browser says beside the defaults of Spring Security. */
    private void headers(HeadersConfigurer<HttpSecurity> headers) {
        headers.referrerPolicy(referrer -> referrer.policy(ReferrerPolicyHeaderWriter.ReferrerPolicy.SAME_ORIGIN))
                .permissionsPolicyHeader(permissions -> permissions.policy(
                        "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"))
                .crossOriginOpenerPolicy(opener ->
                        opener.policy(CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy.SAME_ORIGIN))
                .crossOriginResourcePolicy(resource ->
                        resource.policy(CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy.SAME_ORIGIN))
                // A proxy that ends the encryption passes plain requests on.
                .httpStrictTransportSecurity(transport -> transport
                        .requestMatcher(request -> request.isSecure() || settings.isSecure())
                        .includeSubDomains(false));
    }

    /** Tells Camunda's web applications who is logged in; runs after the filters above. */
    @Bean
    FilterRegistrationBean<ContainerBasedAuthenticationFilter> webappLogin() {
        FilterRegistrationBean<ContainerBasedAuthenticationFilter> registration =
                new FilterRegistrationBean<>(new ContainerBasedAuthenticationFilter());
        registration.addInitParameter("authentication-provider", WebappLogin.class.getName());
        registration.addUrlPatterns("/camunda/app/*", "/camunda/api/*");
        registration.setOrder(SecurityProperties.DEFAULT_FILTER_ORDER + 1);
        registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST));
        return registration;
    }

    /** Tells the engine who calls its REST interface, for as long as the request lasts. */
    @Bean
    FilterRegistrationBean<Filter> restIdentity(IdentityService identity) {
        FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>((request, response, chain) -> {
            var authentication = SecurityContextHolder.getContext().getAuthentication();
            if (authentication != null && authentication.getPrincipal() instanceof EngineUser user) {
                identity.setAuthentication(user.getUsername(), user.groups(), user.centres());
            }
            try {
                chain.doFilter(request, response);
            } finally {
                identity.clearAuthentication();
            }
        });
        registration.setName("restIdentity");
        registration.addUrlPatterns("/engine-rest/*");
        registration.setOrder(SecurityProperties.DEFAULT_FILTER_ORDER + 1);
        return registration;
    }
}
