package org.diadromi.supervision;

import java.sql.Types;
import java.util.HashSet;
import java.util.Set;
import org.h2.api.AggregateFunction;

/** H2's {@code distinct_count(value)}, one of which H2 makes for each group of rows: how many different values there are, not counting nulls. */
public class DistinctCount implements AggregateFunction {

    private final Set<Object> values = new HashSet<>();

    @Override
    public int getType(int[] inputTypes) {
        return Types.BIGINT;
    }

    @Override
    public void add(Object value) {
        if (value != null) {
            values.add(value);
        }
    }

    @Override
    public Object getResult() {
        return (long) values.size();
    }
}
