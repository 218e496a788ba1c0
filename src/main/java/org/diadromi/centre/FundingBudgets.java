package org.diadromi.centre;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** How many hours of counselling each funding line pays a centre in a calendar year. */
@Service
public class FundingBudgets {

    /** The lines that may have a budget, as the form of a session names them; hours without funding have none. */
    public static final List<String> LINES = List.of("packageB", "packageA", "esf");

    /**
     * What a line pays in a year.
     *
     * @param line one of {@link #LINES}
     * @param year the calendar year
     * @param hours whole hours, from 1
     */
    public record Budget(String line, int year, int hours) {}

    private final JdbcClient jdbc;

    FundingBudgets(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** All that the centre has settled, year by year. */
    List<Budget> of(String centreId) {
        return jdbc.sql("""
                select line, budget_year as "year", hours from funding_budget
                where centre_id = ? order by budget_year, line
                """).param(centreId).query(Budget.class).list();
    }

    /** Settles these budgets for the centre, and no others. */
    void settle(String centreId, List<Budget> budgets) {
        jdbc.sql("delete from funding_budget where centre_id = ?")
                .param(centreId)
                .update();
        budgets.forEach(budget -> jdbc.sql(
                        "insert into funding_budget (centre_id, line, budget_year, hours) values (?, ?, ?, ?)")
                .params(centreId, budget.line(), budget.year(), budget.hours())
                .update());
    }
}
