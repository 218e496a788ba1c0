package org.diadromi.supervision;

import java.sql.Types;
import java.util.Arrays;
import org.h2.api.AggregateFunction;

/**
 * H2's {@code nearest_rank(share, length)}, one of which H2 makes for each group of rows: the shortest of the lengths that at least that share
 * of them did not exceed, as PostgreSQL's {@code percentile_disc}. A row without a length does not count; without any length the result is null.
 */
public class NearestRank implements AggregateFunction {

    private double share;
    private double[] lengths = new double[16];
    private int count;

    @Override
    public int getType(int[] inputTypes) {
        return Types.DOUBLE;
    }

    @Override
    public void add(Object row) {
        Object[] values = (Object[]) row;
        if (values[1] == null) {
            return;
        }
        if (count == lengths.length) {
            lengths = Arrays.copyOf(lengths, 2 * count);
        }
        share = ((Number) values[0]).doubleValue();
        lengths[count++] = ((Number) values[1]).doubleValue();
    }

    @Override
    public Object getResult() {
        if (count == 0) {
            return null;
        }
        Arrays.sort(lengths, 0, count);
        return lengths[(int) Math.ceil(share * count) - 1];
    }
}
