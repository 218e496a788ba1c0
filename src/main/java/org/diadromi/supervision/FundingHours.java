package org.diadromi.supervision;

import java.time.LocalDate;
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
        return jdbc.sql("""
                select budget_year as "year", line, sum(hours) as hours, sum(minutes) as minutes from (
                    select budget_year, line, hours, 0 as minutes from funding_budget
                    where centre_id = any(:centres) and budget_year between :first and :last
                    union all
                    select cast(extract(year from s.held_on) as integer), coalesce(s.funding_line, 'unfunded'), 0,
                           s.contact_minutes + s.preparation_minutes
                    from unnest(cast(:centres as varchar(32) array)) centres (id)
                    join counselling_session s on s.centre_id = centres.id
                    where s.outcome = 'attended' and s.held_on between :begin and :end) parts
                group by budget_year, line order by budget_year desc, line
                """)
                .param("centres", centres.toArray(String[]::new))
                .param("first", firstYear)
                .param("last", lastYear)
                .param("begin", LocalDate.of(firstYear, 1, 1))
                .param("end", LocalDate.of(lastYear, 12, 31))
                .query(Line.class)
                .list();
    }

    /** The lines of the centre that pay no more this year. */
    public List<Line> usedUp(String centreId) {
        int year = clock.today().getYear();
        return of(List.of(centreId), year, year).stream().filter(Line::isUsedUp).toList();
    }
}
