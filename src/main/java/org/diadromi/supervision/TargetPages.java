package org.diadromi.supervision;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.diadromi.Texts;
import org.diadromi.centre.Centres;
import org.diadromi.supervision.Panel.Cell;
import org.springframework.stereotype.Component;

/** The page of the targets: how far each is kept, and for who may see them the cases that come near. */
@Component
class TargetPages {

    private static final int LISTED = 100;

    private final Targets targets;
    private final Centres centres;
    private final Texts texts;

    TargetPages(Targets targets, Centres centres, Texts texts) {
        this.targets = targets;
        this.centres = centres;
        this.texts = texts;
    }

    List<Panel> targets(View view, Discretion discretion, Locale locale) {
        Teller teller = new Teller(texts, discretion, locale);
        List<Panel> panels = new ArrayList<>();
        panels.add(kept(view, teller));
        if (discretion.names()) {
            panels.add(near(view, discretion, locale));
        }
        return panels;
    }

    private Panel kept(View view, Teller teller) {
        List<List<Cell>> rows = targets.kept(view).stream()
                .sorted(Comparator.comparing(Targets.Kept::centreId)
                        .thenComparing(kept -> FigurePages.STAGES.indexOf(kept.stage())))
                .map(kept -> List.of(
                        teller.stage(kept.stage()),
                        Cell.text(centres.get(kept.centreId()).name(teller.locale())),
                        Cell.text(teller.text("target.wanted", kept.days(), kept.percent())),
                        teller.count(kept.done()),
                        teller.share(kept.kept(), kept.done()),
                        Cell.text(mark(kept, teller)),
                        teller.count(kept.near()),
                        teller.count(kept.missed())))
                .toList();
        return new Panel(
                "targets",
                null,
                List.of(),
                teller.headings(
                        "stage", "centre", "target", "done", "withinTarget", "keptOrNot", "nearTarget", "pastTarget"),
                rows);
    }

    /** Whether the target is kept, as far as that may be told. */
    private static String mark(Targets.Kept kept, Teller teller) {
        Cell share = teller.share(kept.kept(), kept.done());
        return share.value() == null
                ? "–"
                : teller.text(share.value() >= kept.percent() ? "target.kept" : "target.missed");
    }

    /** The open cases that come near a target, for who may see them. */
    Panel near(View view, Discretion discretion, Locale locale) {
        Teller teller = new Teller(texts, discretion, locale);
        List<List<Cell>> rows = targets.near(view).stream()
                .limit(LISTED)
                .map(near -> List.of(
                        teller.caseNumber(near.caseNumber()),
                        teller.stage(near.stage()),
                        teller.tenths(1, near.days()),
                        teller.exact(near.target()),
                        Cell.text(teller.text(near.isMissed() ? "target.case.missed" : "target.case.near"))))
                .toList();
        return new Panel(
                "nearTargets",
                null,
                List.of(),
                teller.headings("case", "stage", "days", "targetDays", "keptOrNot"),
                rows);
    }
}
