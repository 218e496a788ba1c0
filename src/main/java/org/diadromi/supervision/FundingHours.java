package org.diadromi.supervision;

import java.util.Collection;
import java.util.List;
import org.diadromi.calendar.AppClock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The hours of the sessions held, by funding line and calendar year, beside what each line pays. */
@Repository
public class FundingHours {

    /**
     * A funding line in a calendar year.
     *
     * @param year the year in which the sessions were held
     * @param line as the form of a session names it; {@code unfunded} for hours without funding
     * @param hours the hours that the line pays; 0 where nothing is settled
     * @param minutes contact and preparation together
     */
    public record Line(int year, String line, int hours, int minutes) {

        /** Whether the line pays no more in that year. */
        public boolean isUsedUp() {
            return hours > 0 && minutes >= hours * 60;
        }
    }

    private final JdbcClient jdbc;
    private final AppClock clock;

    FundingHours(JdbcClient jdbc, AppClock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The lines of the centres in these whole years that have a budget or were used; the latest year first. */
    List<Line> of(Collection<String> centres, int firstYear, int lastYear) {
        // PostgreSQL takes any period for a short one once it plans for all of them, and would begin with the
        // appointments of all centres. By their year it cannot.
        return jdbc.sql("""
                select budget_year as "year", line, sum(hours) as hours, sum(minutes) as minutes from (
                    select budget_year, line, hours, 0 as minutes from funding_budget
                    where centre_id in (:centres) and budget_year between :first and :last
                    union all
                    select cast(extract(year from a.starts_at) as integer), coalesce(s.funding_line, 'unfunded'), 0,
                           s.contact_minutes + s.preparation_minutes
                    from counselling_session s
                    join appointment a on a.id = s.appointment_id
                    join case_fact c on c.case_id = coalesce(s.fact_id, s.case_id)
                    where s.outcome = 'attended' and c.centre_id in (:centres)
                      and extract(year from a.starts_at) between :first and :last) parts
                group by budget_year, line order by budget_year desc, line
                """)
                .param("centres", centres)
                .param("first", firstYear)
                .param("last", lastYear)
                .query(Line.class)
                .list();
    }

    /** The lines of the centre that pay no more this year. */
    public List<Line> usedUp(String centreId) {
        int year = clock.today().getYear();
        return of(List.of(centreId), year, year).stream().filter(Line::isUsedUp).toList();
    }
}
