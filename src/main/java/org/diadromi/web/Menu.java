package org.diadromi.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.diadromi.DiadromiSettings;
import org.diadromi.Texts;
import org.diadromi.centre.Centres;
import org.diadromi.workflow.EngineUser;
import org.diadromi.workflow.Role;
import org.springframework.stereotype.Component;

/** Where each person can go, and where their work begins. */
@Component
class Menu {

    private static final String TASKLIST = "/camunda/app/tasklist/default/";
    private static final String COCKPIT = "/camunda/app/cockpit/default/";
    private static final String SUPERVISION = "/supervision";
    private static final String ADMIN = "/camunda/app/admin/default/";

    /** A place to go, as a label in the reader's language and a path within the application. */
    record Item(String label, String path) {}

    private final DiadromiSettings settings;
    private final Centres centres;
    private final Texts texts;

    Menu(DiadromiSettings settings, Centres centres, Texts texts) {
        this.settings = settings;
        this.centres = centres;
        this.texts = texts;
    }

    /** The places that are open to the person. */
    List<Item> of(EngineUser user, Locale locale) {
        List<Item> items = new ArrayList<>();
        if (user.workplaces().size() > 1) {
            items.add(new Item(centres.get(user.centres().get(0)).name(locale) + " ▾", "/centre"));
        }
        if (user.isAdmin() || isStaff(user)) {
            items.add(new Item(texts.of(locale, "nav.tasks"), TASKLIST));
        }
        if (isStaff(user)) {
            items.add(new Item(texts.of(locale, "nav.cases"), "/cases"));
            items.add(new Item(texts.of(locale, "nav.calendar"), "/calendar"));
            items.add(new Item(texts.of(locale, "nav.structures"), "/structures"));
        }
        if (user.isAdmin() || has(user, Role.COORDINATOR) || has(user, Role.SUPERVISOR)) {
            items.add(new Item(texts.of(locale, "nav.supervision"), SUPERVISION));
        }
        if (isStaff(user)) {
            items.add(new Item(texts.of(locale, "nav.absences"), "/absences"));
        }
        if (user.isAdmin() || has(user, Role.COORDINATOR)) {
            items.add(new Item(texts.of(locale, "nav.mail"), "/mail"));
            items.add(new Item(texts.of(locale, "nav.staff"), "/admin/staff"));
            if (has(user, Role.COORDINATOR)) {
                items.add(new Item(texts.of(locale, "nav.requests"), "/requests"));
            }
            items.add(new Item(texts.of(locale, "nav.audit"), "/audit"));
        }
        if (user.isAdmin() || has(user, Role.SUPERVISOR)) {
            items.add(new Item(texts.of(locale, "nav.cockpit"), COCKPIT));
        }
        if (user.isAdmin()) {
            items.add(new Item(texts.of(locale, "nav.centres"), "/admin/centres"));
            items.add(new Item(texts.of(locale, "nav.admin"), ADMIN));
            if (settings.demo()) {
                items.add(new Item(texts.of(locale, "nav.clock"), "/demo/clock"));
            }
        }
        return items;
    }

    /** The person's own account. The pages' header leads there with the person's name. */
    Item account(Locale locale) {
        return new Item(texts.of(locale, "account.title"), "/account");
    }

    /** Where the person's work begins: the figures for whoever only looks, Tasklist for everybody else. */
    String start(EngineUser user) {
        return has(user, Role.SUPERVISOR) && !isStaff(user) && !user.isAdmin() ? SUPERVISION : TASKLIST;
    }

    private static boolean isStaff(EngineUser user) {
        for (Role role : Role.values()) {
            if (role.isStaff() && has(user, role)) {
                return true;
            }
        }
        return false;
    }

    private static boolean has(EngineUser user, Role role) {
        return user.groups().contains(role.groupId());
    }
}
