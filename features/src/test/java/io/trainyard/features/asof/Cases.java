package io.trainyard.features.asof;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Many small joins in one: the number of the case is part of every key. */
record Cases(List<Example> examples, List<Happening> happenings, List<Label> labels) {

    private static final long START = Instant.parse("2024-03-01T00:00:00Z").getEpochSecond() * 1_000_000;
    private static final long SECOND = 1_000_000;
    private static final long YEAR = 365L * 24 * 3600 * SECOND;

    /** Times in microseconds; null for none. */
    record Example(long id, Long caseNumber, String left, String right, Long time) {
        static final StructType SCHEMA = new StructType()
                .add("id", DataTypes.LongType)
                .add("case_no", DataTypes.LongType)
                .add("left", DataTypes.StringType)
                .add("right", DataTypes.StringType)
                .add("at", DataTypes.TimestampType);

        Row row() {
            return RowFactory.create(id, caseNumber, left, right, timestamp(time));
        }
    }

    record Happening(
            int caseNumber, String left, String right, Long time, Double number, String text, Long numberKnown) {
        static final StructType SCHEMA = new StructType()
                .add("case", DataTypes.IntegerType)
                .add("l", DataTypes.StringType)
                .add("r", DataTypes.StringType)
                .add(ViewRows.EVENT_TIME, DataTypes.TimestampType)
                .add("number", DataTypes.DoubleType)
                .add("text", DataTypes.StringType)
                .add("number_known", DataTypes.TimestampType);

        Row row() {
            return RowFactory.create(caseNumber, left, right, timestamp(time), number, text, timestamp(numberKnown));
        }
    }

    /** A row without a time. */
    record Label(int caseNumber, String left, String label, Double rank) {
        static final StructType SCHEMA = new StructType()
                .add("case", DataTypes.IntegerType)
                .add("l", DataTypes.StringType)
                .add("label", DataTypes.StringType)
                .add("rank", DataTypes.DoubleType);

        Row row() {
            return RowFactory.create(caseNumber, left, label, rank);
        }
    }

    static Cases generated(long seed, int count) {
        Random random = new Random(seed);
        Cases cases = new Cases(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int number = 0; number < count; number++) {
            cases.generate(number, random);
        }
        return cases;
    }

    /** With two more examples, so far apart that times in microseconds no longer fit beside the bits of a hash. */
    Cases overCenturies() {
        List<Example> more = new ArrayList<>(examples);
        more.add(new Example(more.size(), 0L, "1", "12", START - 150 * YEAR));
        more.add(new Example(more.size(), 0L, "1", "12", START + 150 * YEAR));
        return new Cases(more, happenings, labels);
    }

    private void generate(int number, Random random) {
        boolean hot = number % 100 == 0;
        int most = hot ? 200 : 12;
        int span = hot ? 120 : 1 + random.nextInt(30);
        boolean wild = random.nextInt(3) == 0;
        for (int i = random.nextInt(most); i > 0; i--) {
            Example example = new Example(
                    examples.size(),
                    random.nextInt(30) == 0 ? null : (Long) (long) number,
                    left(random, hot),
                    right(random, hot),
                    random.nextInt(20) == 0 ? null : (Long) time(random, span));
            examples.add(example);
            if (random.nextInt(8) == 0) {
                examples.add(new Example(
                        examples.size(), example.caseNumber(), example.left(), example.right(), example.time()));
            }
        }
        for (int i = random.nextInt(2 * most); i > 0; i--) {
            Long time = random.nextInt(30) == 0 ? null : (Long) time(random, span);
            happenings.add(new Happening(
                    number,
                    left(random, hot),
                    right(random, hot),
                    time,
                    number(random, wild),
                    text(random),
                    known(random, time)));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            labels.add(new Label(number, left(random, hot), text(random), number(random, wild)));
        }
    }

    /** Composite keys that read alike when put together, and keys that are not there. */
    private static String left(Random random, boolean hot) {
        return hot ? "1" : pick(random, "1", "1", "1", "11", null);
    }

    private static String right(Random random, boolean hot) {
        return hot ? "12" : pick(random, "12", "12", "12", "2", "", null);
    }

    private static String text(Random random) {
        return pick(random, "a", "b", "ab", "é", "\uD83D\uDE00", "\uFF5E", "", null);
    }

    /** On whole seconds, where the edges of windows are, or a microsecond beside. */
    private static long time(Random random, int span) {
        return START + random.nextInt(span) * SECOND + pick(random, 0L, 0L, 0L, 1L, -1L);
    }

    private static Long known(Random random, Long time) {
        Long after = pick(random, 0L, 0L, 1L, 3 * SECOND, 3 * SECOND + 1, 20 * SECOND, -5 * SECOND, null);
        return time == null || after == null ? null : (Long) (time + after);
    }

    private static Double number(Random random, boolean wild) {
        if (random.nextInt(12) == 0) {
            return null;
        }
        if (wild && random.nextInt(3) == 0) {
            return pick(
                    random,
                    Double.NaN,
                    Double.POSITIVE_INFINITY,
                    Double.NEGATIVE_INFINITY,
                    -0.0,
                    0.0,
                    Double.MIN_VALUE,
                    Double.MAX_VALUE,
                    1e300);
        }
        return random.nextInt(4) == 0 ? random.nextGaussian() * 1e9 : random.nextInt(300) / 100.0;
    }

    @SafeVarargs
    private static <T> T pick(Random random, T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    static Timestamp timestamp(Long micros) {
        return micros == null
                ? null
                : Timestamp.from(
                        Instant.ofEpochSecond(Math.floorDiv(micros, SECOND), Math.floorMod(micros, SECOND) * 1000));
    }
}
